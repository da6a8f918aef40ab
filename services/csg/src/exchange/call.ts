// What is known of one call while it goes through, and in the end its usage record.
import type { RequestHead } from '../http1/parse-request-head.ts';
import type { AccessKey } from '../keys/access-key.ts';
import type { ServedConnection } from './served-connection.ts';

export interface Call {
  /** Ours; the client finds it in x-cloud-gateway-call-id, an operator in the log. */
  readonly id: string;
  readonly connection: ServedConnection;
  readonly head: RequestHead;
  readonly startedAtMs: number;
  /** Filled in as it becomes known. */
  accessKeyId: string | undefined;
  key: AccessKey | undefined;
  /** The signature is right: it is the owner of the key who calls. */
  isVerified: boolean;
  /** Ids of the services that it can be for; known as soon as its target is. */
  services: readonly string[];
  host: string;
  service: string | undefined;
  region: string | undefined;
  action: string | undefined;
  status: number;
  outcome: 'answered' | 'refused' | 'failed';
  refusal: string | undefined;
  bytesIn: number;
  bytesOut: number;
  cloudRequestId: string | undefined;
}
