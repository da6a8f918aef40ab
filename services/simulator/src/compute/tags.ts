// Tags: how they come in, what is refused, how they are written down.
import { AwsError } from '../aws-error.ts';
import type { Tags } from '../listing/filters.ts';
import { optional, required, structures, withDefault } from '../query/fields.ts';
import { oneOf, shortText, text } from '../query/scalars.ts';
import type { XmlObject } from '../xml.ts';

const tagsMax = 50;

export const tagsField = structures('Tag', {
  key: required('Key', shortText(127)),
  value: withDefault('Value', shortText(255), ''),
});

/** Tag.N of DeleteTags: without a value the tag goes whatever its value is. */
export const tagsToDeleteField = structures('Tag', {
  key: required('Key', text),
  value: optional('Value', text),
});

const taggableTypes = [
  'instance',
  'volume',
  'network-interface',
  'image',
  'snapshot',
  'spot-instances-request',
] as const;

export const tagSpecificationsField = structures('TagSpecification', {
  resourceType: required('ResourceType', oneOf(taggableTypes)),
  tags: tagsField,
});

/** Collects what the TagSpecifications of a create say for one type of resource. */
export function tagsFor(
  type: (typeof taggableTypes)[number],
  specifications: readonly {
    readonly resourceType: string;
    readonly tags: readonly { key: string; value: string }[];
  }[],
): Tags {
  return addTags(
    new Map(),
    specifications.filter(({ resourceType }) => resourceType === type).flatMap(({ tags }) => tags),
  );
}

export function addTags(
  before: Tags,
  added: readonly { readonly key: string; readonly value: string }[],
): Tags {
  const tags = new Map(before);
  for (const { key, value } of added) {
    if (key.startsWith('aws:')) {
      throw new AwsError(
        'InvalidParameterValue',
        "Tag keys starting with 'aws:' are reserved for internal use",
      );
    }
    tags.set(key, value);
  }
  if (tags.size > tagsMax)
    throw new AwsError('TagLimitExceeded', `The maximum number of tags per resource is ${tagsMax}.`);
  return tags;
}

/** An empty list removes all tags. */
export function removeTags(
  before: Tags,
  removed: readonly { readonly key: string; readonly value: string | undefined }[],
): Tags {
  if (removed.length === 0) return new Map();
  const tags = new Map(before);
  for (const { key, value } of removed) if (value === undefined || tags.get(key) === value) tags.delete(key);
  return tags;
}

export function writeTags(tags: Tags): XmlObject[] {
  return [...tags].map(([key, value]) => ({ key, value }));
}
