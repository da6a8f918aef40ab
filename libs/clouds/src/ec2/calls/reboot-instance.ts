// RebootInstances. NOT safe to run twice, and EC2 shows no sign of a reboot by which one could find out: it is sent
// once, and when the answer stays away nobody knows.
import { RebootInstancesCommand } from '@aws-sdk/client-ec2';
import { GatewayError, type InstanceBody } from '@cloud-gateway/contracts';
import type { InstanceCallDeps } from './instance-call.ts';
import { showInstance } from './show-instance.ts';

export async function rebootInstance(
  deps: InstanceCallDeps,
  cloudId: string,
  signal: AbortSignal,
): Promise<InstanceBody> {
  // Described first: afterwards a failing description would hide that the reboot has happened. It also warms the
  // connection up, so that the reboot does not meet one that the cloud has just closed.
  const described = await showInstance(deps, cloudId, signal);
  const outcome = await deps.call.attempt('RebootInstances', signal, (http) =>
    deps.ec2.send(new RebootInstancesCommand({ InstanceIds: [cloudId] }), http),
  );
  if (outcome.ok) return described;
  if (!outcome.mayHaveHappened) throw outcome.error;
  throw new GatewayError('outcome-unknown', {
    message: `it is not known whether ${cloudId} reboots: ${outcome.error.message}`,
    ...(outcome.error.cloud && { cloud: outcome.error.cloud }),
    cause: outcome.error,
  });
}
