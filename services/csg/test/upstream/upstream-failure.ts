import { isUpstreamError, type UpstreamError } from '../../src/upstream/upstream-error.ts';

/** Gives the UpstreamError that a promise is rejected with; fails when it is not. */
export async function upstreamFailure(promise: Promise<unknown>): Promise<UpstreamError> {
  const outcome: unknown = await promise.then(
    () => 'fulfilled',
    (err: unknown) => err,
  );
  if (isUpstreamError(outcome)) return outcome;
  throw outcome instanceof Error ? outcome : new Error(`expected an UpstreamError: ${String(outcome)}`);
}
