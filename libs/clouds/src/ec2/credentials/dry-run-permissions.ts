// Tries every needed call with DryRun: EC2 checks the permission first and then says that it would have worked.
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { GatewayError } from '@cloud-gateway/contracts';
import type { AwsCaller } from '../client/aws-caller.ts';
import { neededPermissions } from './needed-permissions.ts';
import { type PermissionCheck, type PermissionVerdict, permissionCheck } from './permission-check.ts';

const atOnce = 4;

export interface DryRunDeps {
  readonly ec2: EC2Client;
  readonly call: AwsCaller;
}

export async function dryRunPermissions(
  { ec2, call }: DryRunDeps,
  signal: AbortSignal,
): Promise<PermissionCheck> {
  const verdicts = new Map<string, PermissionVerdict>(neededPermissions.map(({ name }) => [name, 'unknown']));
  const waiting = neededPermissions.values();
  const ask = async () => {
    for (const { name, dryRun } of waiting) {
      if (dryRun === undefined) continue;
      const outcome = await call.attempt(`${name} (dry run)`, signal, (http) => dryRun(ec2, http));
      verdicts.set(name, outcome.ok ? 'granted' : verdictOf(outcome.error));
    }
  };
  // Each call has a bucket of its own at AWS, so a few at a time throttle nobody.
  await Promise.all(Array.from({ length: atOnce }, ask));
  return permissionCheck(verdicts);
}

function verdictOf({ code, cloud }: GatewayError): PermissionVerdict {
  if (cloud?.code === 'DryRunOperation') return 'granted';
  return code === 'cloud-forbidden' ? 'missing' : 'unknown';
}
