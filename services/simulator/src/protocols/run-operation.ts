import { ZodError } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Document, Operation } from '../operation.ts';

/** Does the work, and says as AWS does which member of the input is not right. */
export function runOperation(operation: Operation, input: unknown, call: Call): Document {
  try {
    return operation.run(input, call);
  } catch (err) {
    if (err instanceof ZodError) throw new AwsError('ValidationException', complaint(err));
    throw err;
  }
}

function complaint(error: ZodError): string {
  const [issue] = error.issues;
  const member = issue?.path.join('.') ?? '';
  return `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${issue?.message ?? 'unknown'}`;
}
