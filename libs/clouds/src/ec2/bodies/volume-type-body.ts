// An EBS volume type as a body. EC2 has no call that lists them, so what it would say is a table of ours.
import type { VolumeTypeBody } from '@cloud-gateway/contracts';
import { present } from './fields.ts';

/** What one volume of the type can have. */
export interface Ec2VolumeType {
  readonly name: string;
  readonly description: string;
  readonly gigabytes: { readonly min: number; readonly max: number };
  readonly iops: { readonly min?: number; readonly max: number };
  /** In MiB/s. */
  readonly throughputMax: number;
  readonly canBoot: boolean;
  readonly canAttachToMany: boolean;
}

export function volumeTypeBody(type: Ec2VolumeType): VolumeTypeBody {
  return {
    type: 'volume-type',
    cloudId: type.name,
    name: type.name,
    state: 'present',
    rawState: null,
    stateReason: null,
    owner: null,
    visibility: 'public',
    tags: {},
    createdAt: null,
    description: type.description,
    gigabytesMin: type.gigabytes.min,
    gigabytesMax: type.gigabytes.max,
    iopsMax: type.iops.max,
    cloudAttributes: present({
      bootVolume: type.canBoot,
      iopsMin: type.iops.min,
      multiAttach: type.canAttachToMany,
      throughputMax: type.throughputMax,
    }),
  };
}
