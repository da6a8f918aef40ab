// What happens to a request at the edge: it is read whole, sent on as an envelope, and answered with what comes back.
// The edge knows no path but those of its own pages.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import { encodeProblem, type Requester } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import type { Page } from '../documentation/page.ts';
import { sendPage } from '../documentation/send-page.ts';
import type { RequestIds } from '../request-ids.ts';
import { peerAddressOf } from './peer-address.ts';
import { readBody } from './read-body.ts';
import { sendReply } from './send-reply.ts';
import { toEnvelope } from './to-envelope.ts';

export interface RequestHandlerOptions {
  readonly requester: Requester;
  readonly requestIds: RequestIds;
  readonly pages: ReadonlyMap<string, Page>;
  readonly log: Logger;
  readonly onFinished: (finished: { method: string; status: number; durationMs: number }) => void;
  readonly requestTimeoutMs: number;
  readonly bodyLimitBytes: number;
  readonly trustProxy: boolean;
}

/** One request on its way. */
interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly requestId: string;
  readonly startedAtMs: number;
  readonly peerAddress: string;
  /** Why the edge itself refused it. */
  refusal?: GatewayError;
}

export function createRequestHandler(
  options: RequestHandlerOptions,
): (req: IncomingMessage, res: ServerResponse) => void {
  return function handleRequest(req, res) {
    const exchange: Exchange = {
      req,
      res,
      requestId: options.requestIds.next(),
      startedAtMs: Date.now(),
      peerAddress: peerAddressOf(req, options.trustProxy), // Now: a closed connection has none.
    };
    res.once('close', () => report(options, exchange));
    const page = pageFor(options, req);
    if (page) sendPage(req, res, { page, headers: { 'x-request-id': exchange.requestId } });
    else void forward(options, exchange);
  };
}

function pageFor({ pages }: RequestHandlerOptions, { method, url = '' }: IncomingMessage): Page | undefined {
  return method === 'GET' || method === 'HEAD' ? pages.get(pathOf(url)) : undefined;
}

async function forward(options: RequestHandlerOptions, exchange: Exchange): Promise<void> {
  const { req, res, requestId, peerAddress } = exchange;
  try {
    const body = await readBody(req, options.bodyLimitBytes);
    if (!req.socket.writable) return; // He has gone, or was told in the meantime that he took too long.
    const envelope = toEnvelope({
      req,
      body,
      peerAddress,
      deadlineAtMs: Date.now() + options.requestTimeoutMs,
    });
    const sent = options.requester.send(envelope, requestId);
    // A caller who has gone needs no answer; his write goes on.
    res.once('close', sent.cancel);
    sendReply(res, await sent.reply, requestId);
  } catch (err) {
    refuse(exchange, err);
  }
}

function refuse(exchange: Exchange, err: unknown): void {
  const { res, requestId } = exchange;
  exchange.refusal = isGatewayError(err)
    ? err
    : new GatewayError('internal', { message: 'The edge failed to handle this request.', cause: err });
  if (!res.destroyed) sendReply(res, encodeProblem(exchange.refusal, requestId), requestId);
}

function report({ log, onFinished }: RequestHandlerOptions, exchange: Exchange): void {
  const { req, res, requestId, startedAtMs, peerAddress, refusal } = exchange;
  const method = req.method ?? 'GET';
  const durationMs = Date.now() - startedAtMs;
  const status = res.headersSent ? res.statusCode : clientGone;
  onFinished({ method, status, durationMs });
  // Successful reads are the many; they are for the metrics. The path is logged without its query.
  const level = status >= 500 ? 'warn' : status >= 400 || method !== 'GET' ? 'info' : 'debug';
  log[level]('http request', {
    requestId,
    method,
    path: pathOf(req.url ?? ''),
    status,
    durationMs,
    peer: peerAddress,
    ...(method !== 'GET' && idempotencyKeyOf(req)), // Under it the outcome of a write is found.
    ...(refusal && { code: refusal.code }),
    ...(refusal?.code === 'internal' && { err: refusal.cause ?? refusal }),
  });
}

function idempotencyKeyOf({ headers }: IncomingMessage): { readonly idempotencyKey?: string } {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && key.length <= 255 ? { idempotencyKey: key } : {};
}

/** Never sent: how the log and the metrics call a request whose caller left before the answer, as nginx does. */
const clientGone = 499;

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
