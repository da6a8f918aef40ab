import type { GatewayProblem } from '@cloud-gateway/client';

/** A refusal of the gateway as one line: what happened, which fields, and what to do. Any other error stays as it is. */
export function readableProblem(err: unknown): unknown {
  if (!isProblem(err)) return err;
  const { problem, requestId } = err;
  const where = requestId === undefined ? problem.code : `${problem.code}, request ${requestId}`;
  const what = [problem.detail, ...otherFieldsOf(problem)].join('; ');
  return new Error(`${what.replace(/\.$/, '')} (${where}). ${remedyOf(err)}`, { cause: err });
}

/** The detail tells of the first field that does not fit itself. */
function otherFieldsOf({ code, detail, errors = [] }: GatewayProblem['problem']): string[] {
  if (code !== 'validation-failed') return [];
  const others = errors.filter(({ path, message }) => !detail.includes(path) && !detail.includes(message));
  return others.map(({ path, message }) => `${path}: ${message}`);
}

/** The gateway's own words are for whoever writes a program; at a terminal some are said otherwise. */
function remedyOf({ problem, code, requestId, retryable, cause }: GatewayProblem): string {
  const identity = 'Check GATEWAY_TOKEN, or GATEWAY_CLIENT_ID and GATEWAY_CLIENT_SECRET';
  // What the gateway itself refuses has no cause.
  if (code === 'unauthenticated' && cause !== undefined)
    return `${identity}, and that the gateway runs: without it the broker lets nobody in.`;
  if (code === 'unauthenticated') return `${identity}.`;
  if (code === 'unavailable' && !retryable && cause !== undefined)
    return 'Name the certificate of its authority in GATEWAY_CA_FILE.';
  if (code === 'unavailable' && requestId === undefined)
    return 'Check the address (--url, GATEWAY_URL), and that the gateway runs.';
  return problem.remedy;
}

// By its name: the class itself comes with the AMQP library, which a command without a call does not need.
function isProblem(err: unknown): err is GatewayProblem {
  return err instanceof Error && err.name === 'GatewayProblem' && 'problem' in err;
}
