// What EC2 makes each type from.
import type { Specs } from './specs.ts';

const own = { tags: {}, cloudAttributes: {} };
const tagged = { tags: { role: 'web', 'cost centre': '' }, cloudAttributes: {} };

// Every type with tags takes these. One that is set, one that is taken away, one that was never there.
const retag = { patch: { tags: { role: 'db', 'cost centre': null, never: null } } };
const rename = { patch: { name: 'renamed' } };

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f suite@conformance';

export const ec2Specs: Specs = {
  network: {
    calls: { create: 'CreateVpc', destroy: 'DeleteVpc' },
    minimal: async () => ({ ...own, cidrBlock: '10.0.0.0/16' }),
    full: async () => ({
      ...tagged,
      name: 'full',
      cidrBlock: '10.1.0.0/16',
      cloudAttributes: { instanceTenancy: 'default' },
    }),
    patches: [rename, retag, { patch: { cloudAttributes: { enableDnsHostnames: true } } }],
  },
  subnet: {
    calls: { create: 'CreateSubnet', destroy: 'DeleteSubnet' },
    minimal: async ({ make }) => ({
      ...own,
      networkId: (await make('network')).cloudId,
      cidrBlock: '10.0.1.0/24',
    }),
    full: async ({ make, given }) => ({
      ...tagged,
      name: 'full',
      networkId: (await make('network')).cloudId,
      cidrBlock: '10.0.2.0/24',
      datacenter: given.datacenter,
    }),
    patches: [rename, retag, { patch: { assignsPublicAddress: true } }],
  },
  'security-group': {
    calls: { create: 'CreateSecurityGroup', destroy: 'DeleteSecurityGroup' },
    minimal: async ({ name }) => ({ ...own, name: name(), description: 'of the suite' }),
    full: async ({ make, name }) => ({
      ...tagged,
      name: name(),
      description: 'of the suite',
      networkId: (await make('network')).cloudId,
    }),
    patches: [retag],
  },
  'security-group-rule': {
    calls: { create: 'AuthorizeSecurityGroupIngress', destroy: 'RevokeSecurityGroupIngress' },
    minimal: async ({ make }) => ({
      ...own,
      securityGroupId: (await make('security-group')).cloudId,
      direction: 'ingress',
      protocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      cidrBlock: '192.0.2.0/24',
    }),
    full: async ({ make }) => ({
      ...tagged,
      name: 'full',
      securityGroupId: (await make('security-group')).cloudId,
      direction: 'egress',
      protocol: 'udp',
      fromPort: 53,
      toPort: 53,
      cidrBlock: '198.51.100.0/24',
      description: 'names',
    }),
    patches: [rename, retag, { patch: { fromPort: 2222, toPort: 2222, description: 'elsewhere' } }],
  },
  'ssh-key': {
    calls: { create: 'ImportKeyPair', destroy: 'DeleteKeyPair' },
    // In place of the comment stands the name.
    rewrites: ['publicKey'],
    minimal: async ({ name }) => ({ ...own, name: name(), publicKey }),
    full: async ({ name }) => ({ ...tagged, name: name(), keyType: 'ed25519' }),
    patches: [retag],
  },
  'ip-address': {
    calls: { create: 'AllocateAddress', destroy: 'ReleaseAddress' },
    minimal: async () => own,
    full: async () => ({ ...tagged, name: 'full' }),
    patches: [rename, retag],
  },
  'ip-address-binding': {
    calls: { create: 'AssociateAddress', destroy: 'DisassociateAddress' },
    minimal: async ({ make }) => ({
      cloudAttributes: {},
      ipAddressId: (await make('ip-address')).cloudId,
      instanceId: (await make('instance')).cloudId,
    }),
  },
  instance: {
    calls: {
      create: 'RunInstances',
      destroy: 'TerminateInstances',
      stop: 'StopInstances',
      reboot: 'RebootInstances',
    },
    // It has a public address as soon as it runs.
    passing: ['publicAddresses', 'publicDnsName', 'stateReasonCode'],
    minimal: async ({ given: { imageId, instanceType } }) => ({ ...own, imageId, instanceType }),
    able: async ({ given: { imageId, instanceType } }) => ({
      tags: {},
      imageId,
      instanceType,
      cloudAttributes: { hibernation: true },
    }),
    full: async ({ make, given: { imageId, instanceType, datacenter } }) => ({
      ...tagged,
      name: 'full',
      imageId,
      instanceType,
      datacenter,
      securityGroupIds: [(await make('security-group')).cloudId],
      sshKeyName: (await make('ssh-key')).name ?? '',
      placementGroupName: (await make('placement-group')).name ?? '',
      userData: '#!/bin/sh\necho made by the suite',
      cloudAttributes: { rootVolumeGigabytes: 20 },
    }),
    patches: [
      rename,
      retag,
      { patch: async ({ make }) => ({ securityGroupIds: [(await make('security-group')).cloudId] }) },
      { patch: { instanceType: 't3.small' }, whileStopped: true },
    ],
  },
  volume: {
    calls: { create: 'CreateVolume', destroy: 'DeleteVolume' },
    minimal: async ({ given: { datacenter } }) => ({ ...own, datacenter, gigabytes: 8 }),
    full: async ({ given: { datacenter }, make }) => ({
      ...tagged,
      name: 'full',
      datacenter,
      snapshotId: (await make('volume-snapshot')).cloudId,
      gigabytes: 20,
      volumeType: 'gp3',
      iops: 4_000,
      cloudAttributes: { throughput: 200 },
    }),
    patches: [rename, retag, { patch: { gigabytes: 30 } }],
  },
  'volume-attachment': {
    calls: { create: 'AttachVolume', destroy: 'DetachVolume' },
    minimal: async ({ make, given: { imageId, instanceType, datacenter } }) => ({
      cloudAttributes: {},
      volumeId: (await make('volume')).cloudId,
      instanceId: (await make('instance', { ...own, imageId, instanceType, datacenter })).cloudId,
      device: '/dev/sdf',
    }),
  },
  'volume-snapshot': {
    calls: { create: 'CreateSnapshot', destroy: 'DeleteSnapshot' },
    minimal: async ({ make }) => ({ ...own, volumeId: (await make('volume')).cloudId }),
    full: async ({ make }) => ({
      ...tagged,
      name: 'full',
      description: 'of the suite',
      volumeId: (await make('volume')).cloudId,
    }),
    patches: [rename, retag],
  },
  image: {
    calls: { create: 'CreateImage', destroy: 'DeregisterImage' },
    minimal: async ({ make, name }) => ({
      ...own,
      name: name(),
      instanceId: (await make('instance')).cloudId,
    }),
    full: async ({ make, name }) => ({
      ...tagged,
      name: name(),
      description: 'of the suite',
      snapshotId: (await make('volume-snapshot')).cloudId,
      cloudAttributes: { architecture: 'x86_64', rootDeviceName: '/dev/xvda', virtualizationType: 'hvm' },
    }),
    patches: [retag, { patch: { description: 'changed' } }],
  },
  'placement-group': {
    calls: { create: 'CreatePlacementGroup', destroy: 'DeletePlacementGroup' },
    minimal: async ({ name }) => ({ ...own, name: name(), strategy: 'cluster' }),
    full: async ({ name }) => ({ ...tagged, name: name(), strategy: 'partition', partitionCount: 3 }),
    patches: [retag],
  },
};
