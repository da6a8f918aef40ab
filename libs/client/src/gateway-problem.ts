// Everything that goes wrong with a call: what the gateway answered, and what kept it from answering.
import { type ErrorCode, GatewayError, type Problem, toProblem } from '@cloud-gateway/contracts';

export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem';
  /** HTTP status; of a failure on the way, that which the gateway would have answered. */
  readonly status: number;
  readonly code: ErrorCode;
  /** True when the very same request may succeed later. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** Under which the operator finds it in the log. */
  readonly requestId: string | undefined;
  /** `detail` says what happened, `remedy` what to do, `errors` which fields. */
  readonly problem: Problem;

  constructor(
    problem: Problem,
    options: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(problem.detail, options.cause === undefined ? {} : { cause: options.cause });
    const { retryAfterSeconds } = problem;
    this.problem = problem;
    this.status = problem.status;
    this.code = problem.code;
    this.retryable = problem.retryable;
    this.requestId = problem.requestId;
    this.retryAfterMs =
      options.retryAfterMs ?? (retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000);
  }
}

export function isGatewayProblem(error: unknown): error is GatewayProblem {
  return error instanceof GatewayProblem;
}

/** A failure that no answer of the gateway tells of. `retryable` where it is not as usual for the code. */
export function localProblem(
  code: ErrorCode,
  detail: string,
  options: { readonly cause?: unknown; readonly retryable?: boolean; readonly requestId?: string } = {},
): GatewayProblem {
  const problem = toProblem(new GatewayError(code, { message: detail }), options.requestId);
  return new GatewayProblem(
    { ...problem, ...(options.retryable !== undefined && { retryable: options.retryable }) },
    { cause: options.cause },
  );
}
