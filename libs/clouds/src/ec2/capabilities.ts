// What EC2 has and can do through the gateway, as `GET /v1/clouds` answers.
import { type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import type { CloudCapabilities } from '../cloud.ts';
import { datacenterStates, imageStates, instanceStates } from './states.ts';

const reads = ['list', 'show', 'history'];
const instanceWrites = ['launch', 'start', 'stop', 'reboot', 'terminate'];

const statesByType: Readonly<Record<ResourceType, readonly string[]>> = {
  datacenter: Object.values(datacenterStates),
  'instance-type': ['present'],
  image: Object.values(imageStates),
  instance: Object.values(instanceStates),
};

export function ec2Capabilities(id: string, regions: readonly string[]): CloudCapabilities {
  return {
    id,
    kind: 'ec2',
    regions: [...regions],
    resources: (Object.keys(statesByType) as ResourceType[]).map((type) => ({
      type,
      collection: resourceTypes[type].collection,
      calls: type === 'instance' ? [...reads, ...instanceWrites] : [...reads],
      // In the order of the contract; `unknown` is always possible, where the type has it.
      states: resourceTypes[type].states.filter(
        (state) => statesByType[type].includes(state) || state === 'unknown',
      ),
    })),
  };
}
