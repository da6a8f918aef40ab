// An error as plain data: what a person needs to find the fault, down its chain of causes.

const causesMax = 3;

/**
 * Gives name, code, message, stack, cause and, of a GatewayError, the detail that is meant for the log only
 * and what the cloud said.
 */
export function serializeError(error: Error): Record<string, unknown> {
  return fieldsOf(error, 0);
}

function fieldsOf(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  const detail = 'detail' in error ? error.detail : undefined;
  const cloud = 'cloud' in error ? error.cloud : undefined;
  const errors = error instanceof AggregateError ? error.errors.slice(0, causesMax) : undefined;
  return {
    name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    message,
    detail: typeof detail === 'string' ? detail : undefined,
    cloud: typeof cloud === 'object' ? cloud : undefined,
    stack,
    cause: causeOf(cause, depth),
    errors: errors?.map((item: unknown) => causeOf(item, depth)),
  };
}

// An error may be its own cause by way of others; the depth ends that as well.
function causeOf(cause: unknown, depth: number): unknown {
  if (!(cause instanceof Error)) return typeof cause === 'object' ? undefined : cause;
  return depth >= causesMax ? `${cause.name}: ${cause.message}` : fieldsOf(cause, depth + 1);
}
