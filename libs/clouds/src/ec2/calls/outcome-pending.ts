import { GatewayError, isGatewayError } from '@cloud-gateway/contracts';

/** Says of a create that it is not known yet whether it made something. `why`: what is in the way of knowing. */
export function outcomePending(action: string, why: unknown): GatewayError {
  const { message, cloud } = isGatewayError(why)
    ? why
    : { message: 'it does not show yet', cloud: undefined };
  return new GatewayError('outcome-pending', {
    message: `it is not known yet whether ${action} has made something: ${message}`,
    ...(cloud && { cloud }),
    retryAfterMs: 2_000,
    cause: why,
  });
}
