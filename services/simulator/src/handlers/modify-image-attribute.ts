// EC2 ModifyImageAttribute: who may launch it, or its description; one of the two a call. Safe to repeat.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findOwnImage } from '../compute/find-own-image.ts';
import { permissionFields } from '../compute/permission-field.ts';
import { changeSharing } from '../compute/sharing.ts';
import { optional, required, structure } from '../query/fields.ts';
import { oneOf, shortText, text } from '../query/scalars.ts';

const descriptionText = shortText(255);

export const modifyImageAttribute = defineAction({
  service: 'ec2',
  name: 'ModifyImageAttribute',
  bucket: 'storage-write',
  input: {
    imageId: required('ImageId', text),
    attribute: optional('Attribute', oneOf(['launchPermission', 'description'])),
    value: optional('Value', descriptionText),
    description: structure('Description', { value: required('Value', descriptionText) }),
    ...permissionFields('LaunchPermission'),
  },
  handle({ imageId, attribute, value, description: descriptionOrder, ...order }, call) {
    const image = findOwnImage(imageId, 'ModifyImageAttribute', call);
    const description = descriptionOrder?.value ?? (attribute === 'description' ? value : undefined);
    const sharing = changeSharing(image, order);
    if (!sharing && description === undefined) {
      throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    }
    if (sharing && description !== undefined) {
      throw new AwsError('InvalidParameterCombination', 'Fields for multiple attribute types specified.');
    }
    call.state.putImage({ ...image, ...sharing, description: description ?? image.description });
    return { return: true };
  },
});
