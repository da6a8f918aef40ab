// The actions of an instance.
import type { InstanceAction } from '@cloud-gateway/contracts';
import type { Change, Target, WriteOptions } from '../../cloud.ts';
import { changeInstanceState } from './change-instance-state.ts';
import { destroyInstance } from './destroy-instance.ts';
import { rebootInstance } from './reboot-instance.ts';
import type { WriteDeps } from './write-deps.ts';

export async function act(
  deps: WriteDeps,
  action: InstanceAction,
  target: Target,
  options: WriteOptions,
): Promise<Change> {
  if (action === 'reboot') return rebootInstance(deps, target, options);
  if (action === 'terminate') return destroyInstance(deps, target, { ...options, force: false });
  return changeInstanceState(deps, action, target, options);
}
