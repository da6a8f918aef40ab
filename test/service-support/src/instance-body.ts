import type { InstanceBody } from '@cloud-gateway/contracts';

/** A complete one, that runs. */
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
