// An answer as it came, as what the caller wants: the body, or the problem. The body is not held against the route's
// schema: a newer gateway may answer fields that this version does not know, and they are handed on.
import { type ErrorCode, errorCodes, type Problem, problemSchema } from '@cloud-gateway/contracts';
import { z } from 'zod';
import { GatewayProblem, localProblem } from '../gateway-problem.ts';
import type { TransportAnswer } from '../transport/transport.ts';
import type { Answer } from './call-types.ts';

/** Throws GatewayProblem for every status but 2xx and 304, and for a body that cannot be read. */
export function readAnswer({ status, headers, body }: TransportAnswer): Answer<unknown> {
  if (status >= 400) throw problemOf({ status, headers, body });
  if (status >= 300 && status !== 304) throw redirected(status, headers['location']);
  return { status, headers, body: readBody({ headers, body }) };
}

function readBody({ headers, body }: Pick<TransportAnswer, 'headers' | 'body'>): unknown {
  if (body === '') return undefined; // 304
  // No route answers a page: somebody between wants a person to log in.
  if (/^text\/html\b/.test(headers['content-type'] ?? '')) throw brokenAnswer('a page of HTML');
  if (!/^application\/([\w.-]+\+)?json\b/.test(headers['content-type'] ?? '')) return body;
  const value = parseJson(body);
  if (value === undefined) throw brokenAnswer('something that is not JSON');
  return value;
}

/** The gateway redirects nobody. It is not followed: it would take the token to somebody else. */
function redirected(status: number, location = 'elsewhere'): GatewayProblem {
  return localProblem(
    'malformed-request',
    `An answer ${status} points to ${location}, and is not of the gateway: use its own address as \`url\`.`,
  );
}

function problemOf({ status, headers, body }: TransportAnswer): GatewayProblem {
  const told = parseJson(body);
  const parsed = problemSchema.safeParse(told);
  const problem = parsed.success ? parsed.data : laterProblem(status, told);
  return new GatewayProblem(problem, { retryAfterMs: retryAfterMs(headers['retry-after']) });
}

const laterProblemSchema = problemSchema.extend({ code: z.string() });

/** Of a version that knows codes that this one does not: all of it but the code, for which the nearest one stands. */
function laterProblem(status: number, told: unknown): Problem {
  const nearest = strangersProblem(status);
  const parsed = laterProblemSchema.safeParse(told);
  return parsed.success ? { ...parsed.data, code: nearest.code } : nearest;
}

/** Not of the gateway: a proxy in between. */
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

function brokenAnswer(what: string): GatewayProblem {
  return localProblem('internal', `The gateway answered ${what}; something between may have answered.`);
}
