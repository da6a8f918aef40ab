import type { ResourceBody } from '@cloud-gateway/contracts';

/** A body of an instance, with what the test cares about. */
export function instanceBody(cloudId: string, fields: Partial<ResourceBody> = {}): ResourceBody {
  return {
    type: 'instance',
    cloudId,
    name: cloudId,
    state: 'running',
    rawState: 'running',
    stateReason: null,
    owner: '111122223333',
    visibility: 'private',
    tags: {},
    createdAt: null,
    cloudAttributes: {},
    ...fields,
  };
}

export function instanceBodies(count: number): ResourceBody[] {
  return Array.from({ length: count }, (_, index) => instanceBody(`i-${index}`));
}
