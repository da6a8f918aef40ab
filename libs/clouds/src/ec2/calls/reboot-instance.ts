// RebootInstances. NOT safe to run twice, and EC2 shows no sign of a reboot by which one could find out: it is sent
// once, and when the answer stays away nobody knows.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Change, Target, WriteOptions } from '../../cloud.ts';
import { look } from '../look/look.ts';
import { RebootInstancesCommand } from '../sdk/client-ec2.ts';
import { dryRunOnce } from './dry-run-once.ts';
import { noChange } from './looked-at.ts';
import type { WriteDeps } from './write-deps.ts';

export async function rebootInstance(
  deps: WriteDeps,
  { cloudId }: Target,
  { signal, dryRun, mayHaveBeenSent }: WriteOptions,
): Promise<Change> {
  const input = { InstanceIds: [cloudId] };
  if (dryRun) {
    await dryRunOnce(deps, 'RebootInstances', signal, (http) =>
      deps.ec2.send(new RebootInstancesCommand({ ...input, DryRun: true }), http),
    );
    return noChange;
  }
  if (mayHaveBeenSent) throw unknown(cloudId, 'an earlier attempt may have reached the cloud');
  // Described first: afterwards a failing description would hide that the reboot has happened. It also warms the
  // connection up, so that the reboot does not meet one that the cloud has just closed.
  const [described] = await look(deps, 'instance', [cloudId], signal);
  if (described === undefined) {
    throw new GatewayError('cloud-not-found', { message: `the cloud knows no instance ${cloudId}` });
  }
  const outcome = await deps.call.attempt('RebootInstances', signal, (http) =>
    deps.ec2.send(new RebootInstancesCommand(input), http),
  );
  if (outcome.ok) return { resource: described, alsoSeen: [], gone: [] };
  throw outcome.mayHaveHappened ? unknown(cloudId, outcome.error.message, outcome.error) : outcome.error;
}

function unknown(cloudId: string, why: string, cause?: GatewayError): GatewayError {
  return new GatewayError('outcome-unknown', {
    message: `it is not known whether ${cloudId} reboots: ${why}`,
    ...(cause?.cloud && { cloud: cause.cloud }),
    cause,
  });
}
