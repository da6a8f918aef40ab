// Bodies as a poll of EC2 writes them.
import type { InstanceBody, VolumeBody } from '@cloud-gateway/contracts';
import type { Identity } from './bench-store.ts';

export function benchBody(identity: Identity, n: number): InstanceBody | VolumeBody {
  return identity.type === 'instance' ? instanceBody(identity, n) : volumeBody(identity, n);
}

const states = ['running', 'running', 'running', 'stopped'] as const;

function instanceBody({ cloudId, account, region }: Identity, n: number): InstanceBody {
  const state = states[n % states.length] ?? 'running';
  const privateAddress = address(10, n);
  const publicAddress = address(54, n);
  const isRunning = state === 'running';
  return {
    type: 'instance',
    cloudId,
    name: `bench-${n}`,
    state,
    rawState: state,
    stateReason: null,
    owner: account.slice('ec2-'.length),
    visibility: 'private',
    tags: tagsOf(n),
    createdAt: null,
    instanceType: 'm5.large',
    imageId: 'ami-0abcdef1234567890',
    datacenter: `${region}a`,
    publicAddresses: isRunning ? [publicAddress] : [],
    privateAddresses: [privateAddress],
    publicDnsName: isRunning ? `ec2-${dashed(publicAddress)}.${region}.compute.amazonaws.com` : null,
    privateDnsName: `ip-${dashed(privateAddress)}.${region}.compute.internal`,
    networkId: 'vpc-0a1b2c3d4e5f60718',
    subnetId: 'subnet-0bb1c79de3a4f5061',
    securityGroupIds: ['sg-0123456789abcdef0', 'sg-0fedcba9876543210'],
    sshKeyName: 'operations',
    launchedAt: '2026-01-02T03:04:05.000Z',
    cloudAttributes: {
      reservationId: `r-${cloudId.slice(2)}`,
      architecture: 'x86_64',
      blockDevices: [
        { deviceName: '/dev/xvda', volumeId: `vol-${cloudId.slice(2)}`, deleteOnTermination: true },
      ],
      ebsOptimized: false,
      hypervisor: 'xen',
      metadataHttpTokens: 'required',
      monitoring: 'disabled',
      networkInterfaceIds: [`eni-${cloudId.slice(2)}`],
      placement: { tenancy: 'default' },
      platformDetails: 'Linux/UNIX',
      rootDeviceName: '/dev/xvda',
      rootDeviceType: 'ebs',
      sourceDestCheck: true,
      virtualizationType: 'hvm',
    },
  };
}

function volumeBody({ cloudId, account, region }: Identity, n: number): VolumeBody {
  return {
    type: 'volume',
    cloudId,
    name: `bench-${n}`,
    state: 'in_use',
    rawState: 'in-use',
    stateReason: null,
    owner: account.slice('ec2-'.length),
    visibility: 'private',
    tags: tagsOf(n),
    createdAt: '2026-01-02T03:04:05.000Z',
    gigabytes: 40 + (n % 200),
    volumeType: 'gp3',
    iops: 3_000,
    datacenter: `${region}a`,
    snapshotId: 'snap-0123456789abcdef0',
    encrypted: true,
    cloudAttributes: { multiAttach: false, throughput: 125 },
  };
}

function tagsOf(n: number): Record<string, string> {
  return {
    'cost-center': String(4_000 + (n % 50)),
    Name: `bench-${n}`,
    project: `project-${n % 500}`,
    stage: n % 3 === 0 ? 'production' : 'staging',
  };
}

function address(first: number, n: number): string {
  return `${first}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
}

function dashed(text: string): string {
  return text.replaceAll('.', '-');
}
