// BlockDeviceMapping.N, as RunInstances and RegisterImage take it.
import type { Call } from '../../call.ts';
import { optional, required, structure, structures, withDefault } from '../../query/fields.ts';
import { flag, integer, text } from '../../query/scalars.ts';
import { findUsableSnapshot } from './find-snapshot.ts';
import type { BlockDevice } from './launch-volumes.ts';

export const positive = integer({ min: 1, max: 1_000_000_000 });

export const blockDevicesField = structures('BlockDeviceMapping', {
  device: required('DeviceName', text),
  /** An instance store, of which there is none here. */
  virtualName: optional('VirtualName', text),
  noDevice: optional('NoDevice', text),
  ebs: structure('Ebs', {
    sizeGiB: optional('VolumeSize', positive),
    snapshotId: optional('SnapshotId', text),
    type: optional('VolumeType', text),
    iops: optional('Iops', positive),
    throughput: optional('Throughput', positive),
    encrypted: withDefault('Encrypted', flag, false),
    deleteOnTermination: withDefault('DeleteOnTermination', flag, true),
  }),
});

type Mapping = ReturnType<(typeof blockDevicesField)['read']>;

/** Those that are volumes. Throws InvalidSnapshot.NotFound for what the caller may not use. */
export function readBlockDevices(
  mapping: Mapping,
  call: Pick<Call, 'world' | 'accountId' | 'region' | 'nowMs'>,
): BlockDevice[] {
  return mapping.flatMap(({ device, noDevice, ebs }) => {
    if (!ebs || noDevice !== undefined) return [];
    const { snapshotId, ...wanted } = ebs;
    const snapshot = snapshotId === undefined ? undefined : findUsableSnapshot(snapshotId, call);
    return [{ device, ...wanted, snapshot }];
  });
}
