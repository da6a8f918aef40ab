import type { XmlObject } from '../xml.ts';
import type { Image } from './image.ts';

/** What the root of an instance is made of. */
export function writeImageDisks({ rootDeviceName, rootSnapshotId, rootSizeGiB }: Image): XmlObject[] {
  return [
    {
      deviceName: rootDeviceName,
      ebs: {
        snapshotId: rootSnapshotId,
        volumeSize: rootSizeGiB,
        deleteOnTermination: true,
        volumeType: 'gp3',
        encrypted: false,
      },
    },
  ];
}
