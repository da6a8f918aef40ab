// EC2's volume types. There is no call that lists them; sizes and limits as in
// https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html.
import { type Ec2VolumeType, volumeTypeBody } from '../bodies/volume-type-body.ts';
import type { Bodies } from './describe.ts';

export async function* describeVolumeTypes(): Bodies {
  yield volumeTypes.map(volumeTypeBody);
}

const volumeTypes: readonly Ec2VolumeType[] = [
  {
    name: 'gp3',
    description: 'General purpose SSD; IOPS and throughput are chosen',
    gigabytes: { min: 1, max: 65_536 },
    iops: { min: 3_000, max: 80_000 },
    throughputMax: 2_000,
    canBoot: true,
    canAttachToMany: false,
  },
  {
    name: 'gp2',
    description: 'General purpose SSD; IOPS grow with the size',
    gigabytes: { min: 1, max: 16_384 },
    iops: { min: 100, max: 16_000 },
    throughputMax: 250,
    canBoot: true,
    canAttachToMany: false,
  },
  {
    name: 'io2',
    description: 'Provisioned IOPS SSD of the highest durability',
    gigabytes: { min: 4, max: 65_536 },
    iops: { min: 100, max: 256_000 },
    throughputMax: 4_000,
    canBoot: true,
    canAttachToMany: true,
  },
  {
    name: 'io1',
    description: 'Provisioned IOPS SSD',
    gigabytes: { min: 4, max: 16_384 },
    iops: { min: 100, max: 64_000 },
    throughputMax: 1_000,
    canBoot: true,
    canAttachToMany: true,
  },
  {
    name: 'st1',
    description: 'Throughput optimized HDD',
    gigabytes: { min: 125, max: 16_384 },
    iops: { max: 500 },
    throughputMax: 500,
    canBoot: false,
    canAttachToMany: false,
  },
  {
    name: 'sc1',
    description: 'Cold HDD',
    gigabytes: { min: 125, max: 16_384 },
    iops: { max: 250 },
    throughputMax: 250,
    canBoot: false,
    canAttachToMany: false,
  },
  {
    name: 'standard',
    description: 'Magnetic, of the previous generation',
    gigabytes: { min: 1, max: 1_024 },
    iops: { max: 200 },
    throughputMax: 90,
    canBoot: true,
    canAttachToMany: false,
  },
];
