import type { ImageBody, InstanceBody } from '@cloud-gateway/contracts';

export function instanceBody(cloudId: string, changes: Partial<InstanceBody> = {}): InstanceBody {
  return {
    type: 'instance',
    cloudId,
    name: null,
    state: 'running',
    rawState: 'running',
    stateReason: null,
    owner: '111111111111',
    visibility: 'private',
    tags: {},
    createdAt: null,
    cloudAttributes: {},
    instanceType: 't3.micro',
    imageId: 'ami-1',
    datacenter: 'us-east-1a',
    publicAddresses: [],
    privateAddresses: ['10.0.0.1'],
    publicDnsName: null,
    privateDnsName: null,
    networkId: null,
    subnetId: null,
    securityGroupIds: [],
    sshKeyName: null,
    launchedAt: null,
    ...changes,
  };
}

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
