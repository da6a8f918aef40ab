// EC2 ResetImageAttribute: nobody but the owner may launch it, as at the start. Safe to repeat.
import { defineAction } from '../action.ts';
import { findOwnImage } from '../compute/find-own-image.ts';
import { required } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';

export const resetImageAttribute = defineAction({
  service: 'ec2',
  name: 'ResetImageAttribute',
  bucket: 'storage-write',
  input: {
    imageId: required('ImageId', text),
    attribute: required('Attribute', oneOf(['launchPermission'])),
  },
  handle({ imageId }, call) {
    const image = findOwnImage(imageId, 'ResetImageAttribute', call);
    call.state.putImage({ ...image, isPublic: false, sharedWith: [] });
    return { return: true };
  },
});
