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
    createdAt: '2026-11-01T00:00:00.000Z',
    cloudAttributes: {},
    instanceType: 't3.micro',
    imageId: 'ami-1',
    ...fields,
  };
}
