import type { Wire } from '../http1/wire.ts';
import type { KnownTarget } from './target.ts';

/** A client behind its finished handshake, for as long as it stays connected. */
export interface ServedConnection {
  readonly wire: Wire;
  /** proxy: through CONNECT, for one host of AWS. endpoint: straight to us; the signature says which service. */
  readonly mode: 'proxy' | 'endpoint';
  /** The name that the client asked for in the handshake, lower-case. */
  readonly host: string;
  readonly clientAddress: string;
  /** No call is under way. */
  isIdle: boolean;
  /** Where the last call went: the next one mostly goes there too. */
  lastTarget: KnownTarget | undefined;
}
