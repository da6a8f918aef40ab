// EC2 DeleteTags: by key, or by key and value; without any, all of them. Safe to repeat.
import { defineAction } from '../action.ts';
import { changeTags } from '../compute/tag-resources.ts';
import { removeTags, tagsToDeleteField } from '../compute/tags.ts';
import { requiredList } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deleteTags = defineAction({
  service: 'ec2',
  name: 'DeleteTags',
  bucket: 'tags',
  input: { resourceIds: requiredList('ResourceId', text), tags: tagsToDeleteField },
  handle({ resourceIds, tags }, call) {
    changeTags(resourceIds, call, (before) => removeTags(before, tags));
    return { return: true };
  },
});
