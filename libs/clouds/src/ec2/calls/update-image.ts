// ModifyImageAttribute for the description, and tags. Its name is fixed.
import { readAttributes } from '../attributes/read-attributes.ts';
import { updateAttributes } from '../attributes/update-attributes.ts';
import { ModifyImageAttributeCommand } from '../sdk/client-ec2.ts';
import type { Step } from './step.ts';
import { tagsAlone } from './tag-steps.ts';
import { updateInSteps } from './update-in-steps.ts';
import type { Update } from './write-calls.ts';

export const updateImage: Update<'image'> = async (deps, target, patch, options) => {
  readAttributes(updateAttributes.image, patch.cloudAttributes);
  const { description } = patch;
  const tags = tagsAlone(patch, 'an image');
  if (description === undefined)
    return updateInSteps(deps, target, { steps: [], tags, becomes: {} }, options);
  const input = { ImageId: target.cloudId, Description: { Value: description } };
  const describe: Step = {
    action: 'ModifyImageAttribute',
    send: (http, dryRun) => deps.ec2.send(new ModifyImageAttributeCommand({ ...input, ...dryRun }), http),
  };
  // EC2 tells an empty description as none.
  const becomes = { description: description === '' ? null : description };
  return updateInSteps(deps, target, { steps: [describe], tags, becomes }, options);
};
