import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import type { ResourceBody } from '@cloud-gateway/contracts';
import { instanceStates, normalisedState, type OnUnknownState } from '../states.ts';

/**
 * The answer to the change is right but says only the state; the description says everything but may be some seconds
 * old. So the description is taken, and the answered state where the description still shows the one before.
 */
export function mergedState(
  described: ResourceBody,
  answered: InstanceStateChange | undefined,
  { onUnknownState }: { readonly onUnknownState: OnUnknownState },
): ResourceBody {
  const before = answered?.PreviousState?.Name;
  const now = answered?.CurrentState?.Name;
  if (now === undefined || now === before || described.rawState !== before) return described;
  const state = normalisedState(instanceStates, now, (raw) => onUnknownState('instance', raw));
  return { ...described, state, rawState: now };
}
