// EC2 DetachVolume. While it lasts, asking again changes nothing; with Force it is over at once.
import { defineAction } from '../action.ts';
import { detachVolume as detach } from '../compute/storage/detach-volume.ts';
import { writeAttachment } from '../compute/storage/volume-xml.ts';
import { optional, required, withDefault } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';

export const detachVolume = defineAction({
  service: 'ec2',
  name: 'DetachVolume',
  bucket: 'mutating',
  input: {
    volumeId: required('VolumeId', text),
    instanceId: optional('InstanceId', text),
    device: optional('Device', text),
    force: withDefault('Force', flag, false),
  },
  handle: (order, call) => writeAttachment(...detach(order, call)),
});
