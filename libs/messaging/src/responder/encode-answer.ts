import {
  type GatewayError,
  problemContentType,
  type ReplyEnvelope,
  type Route,
  toProblem,
} from '@cloud-gateway/contracts';
import type { HandlerAnswer } from './handler.ts';

export function encodeAnswer(route: Route, answer: HandlerAnswer<Route>): ReplyEnvelope {
  return {
    version: 1,
    status: answer.status ?? route.answer.status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...answer.headers },
    body: isText(answer) ? answer.body : JSON.stringify(answer.body),
    bodyEncoding: 'utf8',
  };
}

/** A handler that names a content type of its own (a certificate, say) answers with the text itself. */
function isText(answer: HandlerAnswer<Route>): answer is HandlerAnswer<Route> & { body: string } {
  return answer.headers?.['content-type'] !== undefined && typeof answer.body === 'string';
}

export function encodeProblem(error: GatewayError, requestId: string): ReplyEnvelope {
  const retryAfter = error.retryAfterMs ?? (error.retryable ? 1_000 : undefined);
  return {
    version: 1,
    status: error.status,
    headers: {
      'content-type': `${problemContentType}; charset=utf-8`,
      ...(retryAfter !== undefined && { 'retry-after': String(Math.ceil(retryAfter / 1_000)) }),
      ...(error.code === 'unauthenticated' && { 'www-authenticate': 'Bearer realm="cloud-gateway"' }),
    },
    body: JSON.stringify(toProblem(error, requestId)),
    bodyEncoding: 'utf8',
  };
}
