// The types of resource, the name of each one's collection in a path, and the normalised states.
// Why these states, and what each cloud's raw states become: docs/resources.md.

export const resourceTypes = {
  datacenter: { collection: 'datacenters', states: ['available', 'impaired', 'unavailable', 'unknown'] },
  'instance-type': { collection: 'instance-types', states: ['present'] },
  image: {
    collection: 'images',
    states: ['pending', 'available', 'disabled', 'deleting', 'deleted', 'error', 'unknown'],
  },
  instance: {
    collection: 'instances',
    states: [
      'pending',
      'running',
      'rebooting',
      'stopping',
      'stopped',
      'suspending',
      'suspended',
      'reconfiguring',
      'terminating',
      'terminated',
      'error',
      'unknown',
    ],
  },
} as const satisfies Record<string, { collection: string; states: readonly string[] }>;

export type ResourceType = keyof typeof resourceTypes;
export type StateOf<T extends ResourceType> = (typeof resourceTypes)[T]['states'][number];
export type ResourceState = StateOf<ResourceType>;

export const allResourceTypes = Object.keys(resourceTypes) as [ResourceType, ...ResourceType[]];
