// Somebody who calls the fifteen services through the proxy with an SDK, always in the same way.
import type { IssuedKey } from './issue-key.ts';
import type { OriginalServiceId } from './original-services.ts';

/** `verify` makes something, finds it, deletes it; `denied` is one call, which lists. */
type Sequence = 'verify' | 'denied';

export interface SequenceCall {
  readonly sequence: Sequence;
  readonly service: OriginalServiceId;
  readonly key: Pick<IssuedKey, 'accessKeyId' | 'secretAccessKey'>;
  /** Of what `verify` makes. */
  readonly name?: string;
}

/** How a sequence ended: undefined when all was as it should be. */
export interface Failure {
  /** The class of the exception: the SDK's own, or AssertionError when the cloud's answer was not the expected one. */
  readonly kind: string;
  readonly message: string;
  readonly status: number | undefined;
  /** How often the SDK tried. */
  readonly attempts: number | undefined;
}

export interface Driver {
  readonly name: string;
  readonly services: readonly OriginalServiceId[];
  /** Never throws for what a call does. */
  run(call: SequenceCall): Promise<Failure | undefined>;
  close(): Promise<void>;
}
