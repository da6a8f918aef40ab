// TerminateInstances. EC2 goes on showing the instance for about an hour, as `shutting-down` and then `terminated`.
import { TerminateInstancesCommand } from '../sdk/client-ec2.ts';
import { destroyOnce } from './destroy-once.ts';
import { lookedAt, noChange } from './looked-at.ts';
import { mergedState } from './merged-state.ts';
import type { Destroy } from './write-calls.ts';

export const destroyInstance: Destroy = async (deps, { cloudId, known }, options) => {
  const outcome = await destroyOnce(
    deps,
    {
      action: 'TerminateInstances',
      async send(http, dryRun) {
        const input = { InstanceIds: [cloudId], ...dryRun };
        const answer = await deps.ec2.send(new TerminateInstancesCommand(input), http);
        return answer.TerminatingInstances?.[0];
      },
    },
    options,
  );
  if (outcome.was === 'dry-run') return noChange;
  if (outcome.was === 'gone already') {
    return { resource: null, alsoSeen: [], gone: [{ type: 'instance', cloudId }] };
  }
  const { resource, alsoSeen } = await lookedAt(deps, known, options.signal);
  return { resource: mergedState(resource, outcome.answer, deps), alsoSeen, gone: [] };
};
