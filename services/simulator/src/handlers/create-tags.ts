// EC2 CreateTags: adds and overwrites; safe to repeat.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { changeTags } from '../compute/tag-resources.ts';
import { addTags, tagsField } from '../compute/tags.ts';
import { requiredList } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const createTags = defineAction({
  service: 'ec2',
  name: 'CreateTags',
  bucket: 'tags',
  input: { resourceIds: requiredList('ResourceId', text), tags: tagsField },
  handle({ resourceIds, tags }, call) {
    if (tags.length === 0)
      throw new AwsError('MissingParameter', 'The request must contain the parameter Tag');
    changeTags(resourceIds, call, (before) => addTags(before, tags));
    return { return: true };
  },
});
