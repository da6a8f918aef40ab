import type { Cores } from '../../children/choose-cores.ts';
import type { AccessKey } from '../calls/access-key.ts';
import type { Authority } from './make-authority.ts';

/** What all peers are started into. */
export interface World {
  /** Its own; goes at the end. */
  readonly folder: string;
  readonly cores: Cores;
  readonly authority: Authority;
  /** Of the cloud, on 127.0.0.1. */
  readonly cloudPort: number;
  /** What clients sign with: issued by the gateway. */
  readonly issuedKey: AccessKey;
  /** What the cloud knows. */
  readonly cloudKey: AccessKey;
  readonly profileDirectory: string | undefined;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}
