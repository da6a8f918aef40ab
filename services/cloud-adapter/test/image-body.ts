import type { ImageBody } from '@cloud-gateway/contracts';

export function imageBody(cloudId: string, changes: Partial<ImageBody> = {}): ImageBody {
  return {
    type: 'image',
    cloudId,
    name: 'debian-12',
    state: 'available',
    rawState: 'available',
    stateReason: null,
    owner: '136693071363',
    visibility: 'private',
    tags: {},
    createdAt: null,
    cloudAttributes: {},
    description: null,
    architecture: 'x86_64',
    platform: 'linux',
    ...changes,
  };
}
