import type { UsageOutcome } from '@cloud-gateway/contracts';

/** One call through the proxy, of a known key. Texts that are longer than their column are cut when stored. */
export interface UsageCall {
  /** Unique; also in the log of the proxy. */
  readonly id: string;
  /** When it arrived. */
  readonly at: Date;
  readonly organizationId: string;
  readonly environmentId: string;
  readonly accessRequestId: string;
  readonly accessKeyId: string;
  /** The client that requested the access. */
  readonly userId: string;
  /** Null, like region and action, where the call was refused before it was known. */
  readonly service: string | null;
  readonly region: string | null;
  readonly action: string | null;
  readonly method: string;
  readonly host: string;
  /** HTTP status of the answer that the client got; 0 when it went away before. */
  readonly status: number;
  readonly outcome: UsageOutcome;
  /** Why the gateway refused it. */
  readonly refusal: string | null;
  /** Bytes of the body, as it went to the cloud. */
  readonly bytesIn: number;
  /** Bytes of the body, as it went to the client. */
  readonly bytesOut: number;
  readonly durationMs: number;
  readonly cloudRequestId: string | null;
  readonly clientAddress: string;
}
