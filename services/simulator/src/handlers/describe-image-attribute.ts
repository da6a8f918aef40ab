// EC2 DescribeImageAttribute: what only the owner may see of an image, one attribute a call.
import { defineAction } from '../action.ts';
import { findOwnImage } from '../compute/find-own-image.ts';
import { writeImageDisks } from '../compute/image-xml.ts';
import { writePermissions } from '../compute/sharing-xml.ts';
import { required } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';

const attributes = ['launchPermission', 'description', 'blockDeviceMapping', 'productCodes'] as const;

export const describeImageAttribute = defineAction({
  service: 'ec2',
  name: 'DescribeImageAttribute',
  bucket: 'describe',
  input: {
    imageId: required('ImageId', text),
    attribute: required('Attribute', oneOf(attributes)),
  },
  handle({ imageId, attribute }, call) {
    const image = findOwnImage(imageId, 'DescribeImageAttribute', call);
    switch (attribute) {
      case 'launchPermission':
        return { imageId, launchPermission: call.shuffled(writePermissions(image)) };
      case 'description':
        return { imageId, description: { value: image.description } };
      case 'blockDeviceMapping':
        return { imageId, blockDeviceMapping: writeImageDisks(image) };
      case 'productCodes':
        return { imageId, productCodes: [] };
    }
  },
});
