// An answer as it came, as what the caller wants: the body, or the problem. The body is not held against the route's
// schema: a newer gateway may answer fields that this version does not know, and they are handed on.
import { type ErrorCode, errorCodes, type Problem, problemSchema } from '@cloud-gateway/contracts';
import { GatewayProblem, localProblem } from '../gateway-problem.ts';
import type { TransportAnswer } from '../transport/transport.ts';
import type { Answer } from './call-types.ts';

/** Throws GatewayProblem for a status of 400 or more, and for a body that cannot be read. */
export function readAnswer({ status, headers, body }: TransportAnswer): Answer<unknown> {
  if (status >= 400) throw problemOf({ status, headers, body });
  return { status, headers, body: readBody({ headers, body }) };
}

function readBody({ headers, body }: Pick<TransportAnswer, 'headers' | 'body'>): unknown {
  if (body === '') return undefined; // 304
  if (!/^application\/([\w.-]+\+)?json\b/.test(headers['content-type'] ?? '')) return body;
  return parseJson(body) ?? brokenAnswer();
}

function problemOf({ status, headers, body }: TransportAnswer): GatewayProblem {
  const parsed = problemSchema.safeParse(parseJson(body));
  const problem = parsed.success ? parsed.data : strangersProblem(status);
  return new GatewayProblem(problem, { retryAfterMs: retryAfterMs(headers['retry-after']) });
}

/** Not of the gateway: a proxy in between, or a version that knows codes that this one does not. */
function strangersProblem(status: number): Problem {
  const code = codeByStatus[status] ?? (status < 500 ? 'malformed-request' : 'internal');
  const { title, remedy, retryable } = errorCodes[code];
  const detail = `An answer ${status} without the gateway's explanation; something between may have answered.`;
  return { type: `/docs/errors#${code}`, title, status, code, detail, remedy, retryable };
}

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  412: 'precondition-failed',
  413: 'body-too-large',
  429: 'too-many-requests',
  502: 'unavailable',
  503: 'unavailable',
  504: 'deadline-exceeded',
};

/** RFC 9110 10.2.3: seconds, or a date; the gateway sends seconds. */
function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) * 1_000 : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function brokenAnswer(): never {
  throw localProblem('internal', 'The gateway answered something that is not JSON.');
}
