import { type ErrorCode, type GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';

/** Gives the error; fails when there is none, when it is no GatewayError, or when it is another one. */
export async function expectGatewayError(work: Promise<unknown>, code: ErrorCode): Promise<GatewayError> {
  const error: Error = await work.then(
    () => new Error(`expected ${code}, and it succeeded`),
    (reason: Error) => reason,
  );
  if (isGatewayError(error)) {
    expect(error.code, error.message).to.equal(code);
    return error;
  }
  throw error;
}
