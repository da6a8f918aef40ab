// EC2 AttachVolume. Neither a token nor tags make it safe to repeat: the second one finds the volume in use.
import { defineAction } from '../action.ts';
import { attachVolume as attach } from '../compute/storage/attach-volume.ts';
import { writeAttachment } from '../compute/storage/volume-xml.ts';
import { required } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const attachVolume = defineAction({
  service: 'ec2',
  name: 'AttachVolume',
  bucket: 'mutating',
  input: {
    volumeId: required('VolumeId', text),
    instanceId: required('InstanceId', text),
    device: required('Device', text),
  },
  handle: (order, call) => writeAttachment(...attach(order, call)),
});
