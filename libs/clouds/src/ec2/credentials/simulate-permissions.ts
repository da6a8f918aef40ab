// Asks IAM's policy simulator: one call for all permissions, and it knows about policies that a dry run cannot try.
import type { EvaluationResult, IAMClient, SimulatePrincipalPolicyCommandOutput } from '@aws-sdk/client-iam';
import { isGatewayError } from '@cloud-gateway/contracts';
import type { AwsCaller } from '../client/aws-caller.ts';
import { SimulatePrincipalPolicyCommand } from '../sdk/client-iam.ts';
import { type PermissionCheck, type PermissionVerdict, permissionCheck } from './permission-check.ts';

export interface SimulateDeps {
  readonly iam: IAMClient;
  readonly call: AwsCaller;
}

/** Gives undefined where the simulator cannot tell: for root, for a caller that may not ask it, for a foreign role. */
export async function simulatePermissions(
  deps: SimulateDeps,
  { identity, names }: { readonly identity: string; readonly names: readonly string[] },
  signal: AbortSignal,
): Promise<PermissionCheck | undefined> {
  const principal = policyPrincipal(identity);
  if (principal === undefined) return undefined;
  try {
    const results = await evaluate(deps, principal, names, signal);
    const verdicts = new Map(results.map((result) => [result.EvalActionName ?? '', verdictOf(result)]));
    return permissionCheck(new Map(names.map((name) => [name, verdicts.get(name) ?? 'unknown'])));
  } catch (error) {
    if (isGatewayError(error) && cannotTell.has(error.code)) return undefined;
    throw error;
  }
}

const cannotTell: ReadonlySet<string> = new Set([
  'cloud-forbidden',
  'cloud-not-found',
  'cloud-refused',
  // Where the endpoint has no IAM at all, or throttles it: the dry runs still give an answer.
  'cloud-failed',
  'cloud-throttled',
]);

/**
 * The simulator wants the user or role itself. `arn:aws:sts::1:assumed-role/deploy/session` is the role `deploy`; a
 * role's path is not in that ARN, so a role with a path is not found, and the dry runs have to tell.
 */
export function policyPrincipal(identity: string): string | undefined {
  const assumed = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(identity);
  if (assumed !== null) return `arn:${assumed[1]}:iam::${assumed[2]}:role/${assumed[3]}`;
  return /^arn:[^:]+:iam::\d+:(user|role)\//.test(identity) ? identity : undefined;
}

async function evaluate(
  { iam, call }: SimulateDeps,
  principal: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<EvaluationResult[]> {
  const results: EvaluationResult[] = [];
  let page: SimulatePrincipalPolicyCommandOutput | undefined;
  do {
    const input = {
      PolicySourceArn: principal,
      ActionNames: [...names],
      ...(page?.Marker !== undefined && { Marker: page.Marker }),
    };
    page = await call.read('SimulatePrincipalPolicy', signal, (http) =>
      iam.send(new SimulatePrincipalPolicyCommand(input), http),
    );
    results.push(...(page.EvaluationResults ?? []));
  } while (page.IsTruncated === true && page.Marker !== undefined);
  return results;
}

function verdictOf(result: EvaluationResult): PermissionVerdict {
  if (result.EvalDecision === 'allowed') return 'granted';
  // The policy depends on something that only a real call has, the caller's address for example.
  return (result.MissingContextValues?.length ?? 0) > 0 ? 'unknown' : 'missing';
}
