// Whether the handshake may go on, and as whom. Pure.
import { exactNames, type LeafNames, widenedNames } from '../certificates/leaf-names.ts';
import type { ClientHello } from './read-client-hello.ts';
import type { AlertDescription } from './tls-alert.ts';

/** What the client wants TLS with. */
export type TlsTarget =
  | { readonly mode: 'proxy'; readonly host: string; readonly port: number }
  /** `names` in lower case: those of the gateway. */
  | { readonly mode: 'endpoint'; readonly names: ReadonlySet<string> };

export type HelloVerdict =
  | { readonly ok: true; readonly host: string; readonly certificateNames: LeafNames }
  | { readonly ok: false; readonly alert: AlertDescription; readonly reason: 'server-name' | 'malformed' };

export function judgeClientHello(hello: ClientHello, target: TlsTarget): HelloVerdict {
  if (hello.kind === 'malformed') {
    return {
      ok: false,
      alert: hello.reason === 'not TLS' ? 'unexpected_message' : 'decode_error',
      reason: 'malformed',
    };
  }
  const { serverName } = hello;
  if (serverName === undefined || !isTargeted(serverName, target)) {
    return { ok: false, alert: 'unrecognized_name', reason: 'server-name' };
  }
  const certificateNames = target.mode === 'proxy' ? widenedNames(serverName) : exactNames(serverName);
  return { ok: true, host: serverName, certificateNames };
}

function isTargeted(serverName: string, target: TlsTarget): boolean {
  return target.mode === 'proxy' ? serverName === target.host : target.names.has(serverName);
}
