// Start, stop, suspend, resume. Safe to run twice: each names the state to reach, and an instance that is there already,
// or on its way, stays as it is. To suspend is to stop with the memory saved; EC2 calls it hibernating.
import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import type { InstanceAction } from '@cloud-gateway/contracts';
import type { Change, Target, WriteOptions } from '../../cloud.ts';
import { StartInstancesCommand, StopInstancesCommand } from '../sdk/client-ec2.ts';
import { dryRunOnce } from './dry-run-once.ts';
import { lookedAt, noChange } from './looked-at.ts';
import { mergedState } from './merged-state.ts';
import type { Http, WriteDeps } from './write-deps.ts';

export type StateChange = Exclude<InstanceAction, 'reboot' | 'terminate'>;

export async function changeInstanceState(
  deps: WriteDeps,
  change: StateChange,
  { cloudId, known }: Target,
  { signal, dryRun }: WriteOptions,
): Promise<Change> {
  const { action, send } = callOf(deps, change, cloudId);
  if (dryRun) {
    await dryRunOnce(deps, action, signal, (http) => send(http, { DryRun: true }));
    return noChange;
  }
  const answered = await deps.call.write(action, signal, (http) => send(http, {}));
  const { resource, alsoSeen } = await lookedAt(deps, known, signal);
  return { resource: mergedState(resource, answered, deps), alsoSeen, gone: [] };
}

interface InstanceCall {
  readonly action: string;
  readonly send: (http: Http, dryRun: { readonly DryRun?: true }) => Promise<InstanceStateChange | undefined>;
}

function callOf({ ec2 }: WriteDeps, change: StateChange, cloudId: string): InstanceCall {
  const InstanceIds = [cloudId];
  switch (change) {
    case 'start':
    case 'resume':
      return {
        action: 'StartInstances',
        send: async (http, dryRun) =>
          (await ec2.send(new StartInstancesCommand({ InstanceIds, ...dryRun }), http))
            .StartingInstances?.[0],
      };
    case 'stop':
    case 'suspend': {
      const input = { InstanceIds, ...(change === 'suspend' && { Hibernate: true }) };
      return {
        action: 'StopInstances',
        send: async (http, dryRun) =>
          (await ec2.send(new StopInstancesCommand({ ...input, ...dryRun }), http)).StoppingInstances?.[0],
      };
    }
  }
}
