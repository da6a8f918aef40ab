// RFC 9457 problem details: the one shape of every error answer, over HTTP and over AMQP.
import { z } from 'zod';
import { type ErrorCode, errorCodes } from './error-codes.ts';
import type { GatewayError } from './gateway-error.ts';

export const problemContentType = 'application/problem+json';

export const problemSchema = z
  .object({
    type: z.string().describe('Stable address of the documentation of this code: /docs/errors#<code>.'),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().describe('What happened to this request.'),
    remedy: z.string().describe('What to do about it.'),
    retryable: z.boolean().describe('True when the very same request may succeed later.'),
    retryAfterSeconds: z.number().optional(),
    requestId: z.string().optional(),
    cloud: z.object({ code: z.string(), requestId: z.string().optional() }).optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    last: z.unknown().optional().describe('The last document of what is gone (410).'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;

/** Turns an error into the body that the caller gets. `requestId` is the id under which the log knows the request. */
export function toProblem(error: GatewayError, requestId?: string): Problem {
  const row = errorCodes[error.code];
  return {
    type: `/docs/errors#${error.code}`,
    title: row.title,
    status: row.status,
    code: error.code,
    detail: error.message,
    remedy: row.remedy,
    retryable: row.retryable,
    ...(error.retryAfterMs !== undefined && { retryAfterSeconds: Math.ceil(error.retryAfterMs / 1000) }),
    ...(requestId !== undefined && { requestId }),
    ...(error.cloud && { cloud: { ...error.cloud } }),
    ...(error.last !== undefined && { last: error.last }),
    ...(error.issues && { errors: error.issues.map((issue) => ({ ...issue })) }),
  };
}
