// EC2 DeregisterImage: own images only. It stays listed as `deregistered` for a moment, as at AWS.
import { defineAction } from '../action.ts';
import { findUsableImage } from '../compute/find-image.ts';
import { refuseEc2 } from '../identity/auth-refusal.ts';
import { required } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deregisterImage = defineAction({
  service: 'ec2',
  name: 'DeregisterImage',
  bucket: 'terminate-deregister',
  input: { imageId: required('ImageId', text) },
  handle({ imageId }, call) {
    const image = findUsableImage(imageId, call);
    if (image.ownerId !== call.accountId) {
      throw refuseEc2({ kind: 'denied', arn: call.principal.arn, action: 'ec2:DeregisterImage' });
    }
    call.state.putImage({
      ...image,
      state: 'deregistered',
      dueAtMs: call.nowMs + call.settings.transitionMs,
    });
    return { return: true };
  },
});
