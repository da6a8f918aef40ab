// A handler is a plain typed function for one route of the contracts: it gets a request that is already decoded,
// validated and authenticated, and returns the answer. It never sees AMQP, HTTP or JSON. What it throws as a
// GatewayError becomes a problem; anything else is a fault of ours.
import type { Headers, Permission, Route } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import type { z } from 'zod';

/** Who is calling, as the token says. */
export interface Caller {
  readonly clientId: string;
  readonly organizationId: string;
  readonly tokenId: string;
  readonly permissions: ReadonlySet<Permission>;
}

export interface PublicRequest<R extends Route> {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  readonly headers: Headers;
  /** The message id: the one id of this request in every log. */
  readonly requestId: string;
  /** The caller's Idempotency-Key, else the request id: equal for every repetition of one wish. */
  readonly idempotencyKey: string;
  /** 1 at first; more when an earlier attempt died or failed in a retryable way, so that effects may exist already. */
  readonly attempt: number;
  readonly deadlineAtMs: number;
  /** Aborts at the deadline: give it to every call that waits. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface HandlerRequest<R extends Route> extends PublicRequest<R> {
  readonly caller: Caller;
}

export interface HandlerAnswer<R extends Route> {
  readonly body: z.output<R['answer']['schema']>;
  /** Instead of the route's own status. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Handler {
  readonly route: Route;
  /** Typed by the route at definition; the responder hands in what the route's own schemas have let through. */
  readonly handle: (request: HandlerRequest<Route>) => Promise<HandlerAnswer<Route>>;
}

/** Defines the handler of a route that needs a token. */
export function handler<R extends Route>(
  route: R,
  handle: (request: HandlerRequest<R>) => Promise<HandlerAnswer<R>>,
): Handler {
  // The responder parses with this very route's schemas, so the narrower request type is what arrives.
  return { route, handle: handle as unknown as Handler['handle'] };
}

/** Defines the handler of a route with `auth: 'none'`: there is no caller to see. */
export function publicHandler<R extends Route>(
  route: R,
  handle: (request: PublicRequest<R>) => Promise<HandlerAnswer<R>>,
): Handler {
  return { route, handle: handle as unknown as Handler['handle'] };
}
