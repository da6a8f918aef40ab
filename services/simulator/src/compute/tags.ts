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
  'vpc',
  'subnet',
  'security-group',
  'security-group-rule',
  'key-pair',
  'elastic-ip',
  'placement-group',
] as const;

export type TaggableType = (typeof taggableTypes)[number];

export const tagSpecificationsField = structures('TagSpecification', {
  resourceType: required('ResourceType', oneOf(taggableTypes)),
  tags: tagsField,
});

/** Collects what the TagSpecifications of a create say for one type of resource. */
export function tagsFor(
  type: TaggableType,
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

/** As tagsFor, for a create that makes only this type: it refuses to tag another. */
export function tagsForOnly(type: TaggableType, specifications: Parameters<typeof tagsFor>[1]): Tags {
  const other = specifications.find(({ resourceType }) => resourceType !== type);
  if (other) {
    throw new AwsError(
      'InvalidParameterValue',
      `'${other.resourceType}' is not a valid taggable resource type for this operation.`,
    );
  }
  return tagsFor(type, specifications);
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

/** What a Describe shows as its `tagSet`: in no order, and nothing while the fault `no-tags` is on. */
export function tagSetOf(
  tags: Tags,
  { noTags, shuffled }: { readonly noTags: boolean; shuffled<T>(items: readonly T[]): T[] },
): XmlObject[] | undefined {
  return noTags || tags.size === 0 ? undefined : shuffled(writeTags(tags));
}

function writeTags(tags: Tags): XmlObject[] {
  return [...tags].map(([key, value]) => ({ key, value }));
}
