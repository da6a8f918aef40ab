// States from which nothing comes back. What was last seen in one of them is gone when a complete listing lacks it; of
// anything else a second listing has to say the same, because a cloud's listing may lag behind. Pure.
import type { ResourceType } from '@cloud-gateway/contracts';

const endings: Readonly<Partial<Record<ResourceType, readonly string[]>>> = {
  instance: ['terminating', 'terminated'],
  volume: ['deleting', 'deleted'],
  'volume-attachment': ['detaching', 'detached'],
  'volume-snapshot': ['deleting'],
  image: ['deleting', 'deleted'],
  network: ['deleting'],
  subnet: ['deleting'],
  'placement-group': ['deleting', 'deleted'],
};

export function isEnding({ type, state }: { readonly type: ResourceType; readonly state: string }): boolean {
  return endings[type]?.includes(state) ?? false;
}
