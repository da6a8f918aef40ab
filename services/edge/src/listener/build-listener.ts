// The HTTP side of the edge: takes any request, sends it on as an envelope, gives back the answer. It knows no route but
// those of its own documentation.
import { METHODS } from 'node:http';
import { GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import { encodeProblem, type Requester } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteHandlerMethod,
} from 'fastify';
import { registerDocumentation } from '../documentation/register-documentation.ts';
import type { RequestIds } from '../request-ids.ts';
import { answerClientError } from './answer-client-error.ts';
import { sendReply } from './send-reply.ts';
import { toEnvelope } from './to-envelope.ts';

export interface ListenerOptions {
  readonly requester: Requester;
  readonly requestIds: RequestIds;
  readonly log: Logger;
  readonly onFinished: (finished: { method: string; status: number; durationMs: number }) => void;
  readonly requestTimeoutMs: number;
  readonly bodyLimitBytes: number;
  readonly headerLimitBytes: number;
  readonly trustProxy: boolean;
  /** Serves HTTPS when given: PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export async function buildListener(options: ListenerOptions): Promise<FastifyInstance> {
  const server = {
    maxHeaderSize: options.headerLimitBytes,
    // Without these a client that sends a byte a minute holds a connection for ever.
    headersTimeout: options.requestTimeoutMs,
    requestTimeout: options.requestTimeoutMs,
    connectionsCheckingInterval: 1_000,
  };
  const app = fastify({
    logger: false,
    bodyLimit: options.bodyLimitBytes,
    requestTimeout: options.requestTimeoutMs,
    keepAliveTimeout: 65_000, // Longer than the 60 s after which the usual load balancers close an idle connection.
    trustProxy: options.trustProxy,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      refuse(options, request, reply, toGatewayError(error));
    },
    ...(options.tls ? { https: { ...server, ...options.tls } } : { http: server }),
  }) as unknown as FastifyInstance;

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => {
    refuse(options, request, reply, toGatewayError(error));
  });
  await app.register(registerDocumentation);
  forwardEverythingElse(app, forward(options));
  await app.ready();
  return app;
}

function forwardEverythingElse(app: FastifyInstance, handler: RouteHandlerMethod): void {
  for (const method of METHODS) {
    if (method === 'CONNECT') continue; // Node never hands it to a request handler.
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true });
  }
  app.route({ method: app.supportedMethods, url: '*', handler });
}

function forward(options: ListenerOptions): RouteHandlerMethod {
  const { requester, requestIds, requestTimeoutMs } = options;
  return async function forwardRequest(request, reply) {
    const startedAtMs = Date.now();
    const requestId = requestIds.next();
    const envelope = toEnvelope({
      raw: request.raw,
      body: request.body,
      peerAddress: request.ip,
      deadlineAtMs: startedAtMs + requestTimeoutMs,
    });
    const sent = requester.send(envelope, requestId);
    // A caller who has gone needs no answer; his write goes on.
    reply.raw.once('close', sent.cancel);
    try {
      const answer = await sent.reply;
      finish(options, request, requestId, answer.status, startedAtMs);
      sendReply(reply, answer, requestId);
    } catch (err) {
      refuse(options, request, reply, toGatewayError(err), { requestId, startedAtMs });
    }
    return reply;
  };
}

function refuse(
  options: ListenerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  error: GatewayError,
  { requestId, startedAtMs }: { requestId: string; startedAtMs: number } = {
    requestId: options.requestIds.next(),
    startedAtMs: Date.now(),
  },
): void {
  finish(options, request, requestId, error.status, startedAtMs, error);
  sendReply(reply, encodeProblem(error, requestId), requestId);
}

function finish(
  { log, onFinished }: ListenerOptions,
  request: FastifyRequest,
  requestId: string,
  status: number,
  startedAtMs: number,
  error?: GatewayError,
): void {
  const method = request.raw.method ?? 'GET';
  const durationMs = Date.now() - startedAtMs;
  onFinished({ method, status, durationMs });
  // Successful reads are the many; they are for the metrics. The path is logged without its query.
  const level = status >= 500 ? 'warn' : status >= 400 || method !== 'GET' ? 'info' : 'debug';
  log[level]('http request', {
    requestId,
    method,
    path: request.raw.url?.split('?', 1)[0],
    status,
    durationMs,
    peer: request.ip,
    ...(error && { code: error.code }),
    ...(error?.code === 'internal' && { err: error.cause ?? error }),
  });
}

/** Fastify's own refusals, in the gateway's words. */
function toGatewayError(err: unknown): GatewayError {
  if (isGatewayError(err)) return err;
  const { code, statusCode } = err as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new GatewayError('body-too-large', { message: 'The body is larger than this gateway takes.' });
  if (code === 'FST_ERR_BAD_URL')
    return new GatewayError('malformed-request', { message: 'The path holds a broken percent-encoding.' });
  if (statusCode !== undefined && statusCode < 500) {
    return new GatewayError('malformed-request', {
      message: 'The request could not be read: its length or content type does not fit its body.',
    });
  }
  return new GatewayError('internal', { message: 'The edge failed to handle this request.', cause: err });
}
