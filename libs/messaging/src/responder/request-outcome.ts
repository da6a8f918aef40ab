// What a responder tells about each request that it has finished: for the log and the metrics, nowhere else.
import type { DeliveryClass } from '@cloud-gateway/contracts';

export interface RequestOutcome {
  /** The route's name, or `none` when no route was found. */
  readonly route: string;
  readonly deliveryClass: DeliveryClass;
  /** Status of the answer; `dropped` when nobody waited any more or nobody may be answered. */
  readonly status: number | 'dropped';
  readonly requestId: string;
  readonly clientId: string | undefined;
  readonly durationMs: number;
  /** The error's code, when it was refused or failed. */
  readonly code: string | undefined;
}
