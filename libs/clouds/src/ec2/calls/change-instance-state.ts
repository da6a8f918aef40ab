// Start, stop, terminate. Safe to run twice: each names the state to reach, and an instance that is there already, or
// on its way, stays as it is.
import {
  type InstanceStateChange,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { InstanceBody } from '@cloud-gateway/contracts';
import { instanceStates, normalisedState } from '../states.ts';
import type { InstanceCallDeps } from './instance-call.ts';
import { showInstance } from './show-instance.ts';

export type StateChange = 'start' | 'stop' | 'terminate';

export async function changeInstanceState(
  deps: InstanceCallDeps,
  change: StateChange,
  cloudId: string,
  signal: AbortSignal,
): Promise<InstanceBody> {
  const answered = await sendChange(deps, change, cloudId, signal);
  const described = await showInstance(deps, cloudId, signal);
  return merged(described, answered, deps);
}

async function sendChange(
  { ec2, call }: InstanceCallDeps,
  change: StateChange,
  cloudId: string,
  signal: AbortSignal,
): Promise<InstanceStateChange | undefined> {
  const input = { InstanceIds: [cloudId] };
  switch (change) {
    case 'start':
      return (
        await call.write('StartInstances', signal, (http) => ec2.send(new StartInstancesCommand(input), http))
      ).StartingInstances?.[0];
    case 'stop':
      return (
        await call.write('StopInstances', signal, (http) => ec2.send(new StopInstancesCommand(input), http))
      ).StoppingInstances?.[0];
    case 'terminate':
      return (
        await call.write('TerminateInstances', signal, (http) =>
          ec2.send(new TerminateInstancesCommand(input), http),
        )
      ).TerminatingInstances?.[0];
  }
}

/**
 * The answer to the change is right but says only the state; the description says everything but may be some seconds
 * old. So the description is taken, and the answered state where the description still shows the one before.
 */
export function merged(
  described: InstanceBody,
  answered: InstanceStateChange | undefined,
  { onUnknownState }: Pick<InstanceCallDeps, 'onUnknownState'>,
): InstanceBody {
  const before = answered?.PreviousState?.Name;
  const now = answered?.CurrentState?.Name;
  if (now === undefined || now === before || described.rawState !== before) return described;
  const state = normalisedState(instanceStates, now, (raw) => onUnknownState('instance', raw));
  return { ...described, state, rawState: now };
}
