// Reads what a client sent as cloudAttributes. A name that EC2 does not have there is refused, never passed over.
import { type FieldIssue, GatewayError } from '@cloud-gateway/contracts';
import type { z } from 'zod';

/** Throws validation-failed, naming each attribute that does not fit. */
export function readAttributes<S extends z.ZodObject>(
  schema: S,
  attributes: Readonly<Record<string, unknown>> | undefined,
): z.output<S> {
  const read = schema.safeParse(attributes ?? {});
  if (read.success) return read.data;
  throw new GatewayError('validation-failed', {
    message: 'cloudAttributes does not fit',
    issues: read.error.issues.flatMap((issue) => issuesOf(issue, Object.keys(schema.shape))),
  });
}

function issuesOf(issue: z.core.$ZodIssue, known: readonly string[]): FieldIssue[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ path: ['body', 'cloudAttributes', ...issue.path].join('.'), message: issue.message }];
  }
  const takes = known.length === 0 ? 'nothing' : known.join(', ');
  return issue.keys.map((name) => ({
    path: `body.cloudAttributes.${name}`,
    message: `is nothing that EC2 takes here; it takes ${takes}`,
  }));
}
