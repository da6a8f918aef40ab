import type { RouteTable } from '@cloud-gateway/contracts';
import type { z } from 'zod';

type Creation = z.input<RouteTable['subscription-create']['body']>;

/** The filter is that of POST /v1/subscriptions. */
export interface EventsOptions extends Omit<Creation, 'delivery'> {
  /** Default: a queue. */
  readonly delivery?: Exclude<Creation['delivery'], { readonly kind: 'webhook' }>;
  /** A subscription that is there already: no filter goes with it, and it stays at the end. */
  readonly subscriptionId?: string | undefined;
  /** The subscription stays at the end of the loop, and events wait in it. Default: it is removed. */
  readonly keep?: boolean | undefined;
  /** Events that the broker sends ahead. Default: what the subscription advises. */
  readonly prefetch?: number | undefined;
  /** Of a stream: where to begin. Default: what the subscription advises. */
  readonly offset?: StreamOffset | undefined;
  /** Ends the loop, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** The connection broke or could not be made; it is tried again. */
  readonly onDisconnect?: ((reason: unknown) => void) | undefined;
}

/** `next`: what comes from now on; a Date: what came since, to the chunk. */
export type StreamOffset = number | 'first' | 'last' | 'next' | Date;
