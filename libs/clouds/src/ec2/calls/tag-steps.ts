// CreateTags and DeleteTags, as steps of an update. Both say what is to be, so both can be sent again.
import { GatewayError, type ResourceBody } from '@cloud-gateway/contracts';
import { CreateTagsCommand, DeleteTagsCommand } from '../sdk/client-ec2.ts';
import { requestTag } from './request-tag.ts';
import type { Step } from './step.ts';
import type { WriteDeps } from './write-deps.ts';

/** By key; null takes the tag away. */
export type TagPatch = Readonly<Record<string, string | null>>;

interface Patch {
  readonly name?: string | undefined;
  readonly tags?: TagPatch | undefined;
}

/** For types whose name is the tag `Name`. */
export function nameAndTags({ name, tags }: Patch): TagPatch {
  return { ...ownTags(tags), ...(name !== undefined && { Name: name }) };
}

/** For types that have a name of their own at EC2, which is fixed. Throws not-supported for another name. */
export function tagsAlone({ name, tags }: Patch, one: string): TagPatch {
  if (name === undefined) return ownTags(tags);
  throw new GatewayError('not-supported', {
    message: `EC2 cannot rename ${one}: its name is fixed when it is made. Leave name out, or make another one`,
  });
}

function ownTags(tags: TagPatch = {}): TagPatch {
  if (!Object.hasOwn(tags, requestTag)) return tags;
  throw new GatewayError('validation-failed', {
    message: 'a tag of the gateway cannot be changed',
    issues: [
      { path: `body.tags.${requestTag}`, message: 'is how the gateway finds what a request has made' },
    ],
  });
}

export function tagSteps({ ec2 }: Pick<WriteDeps, 'ec2'>, ec2Id: string, tags: TagPatch): Step[] {
  const Resources = [ec2Id];
  const set = Object.entries(tags).flatMap(([Key, Value]) => (Value === null ? [] : [{ Key, Value }]));
  const removed = Object.entries(tags).flatMap(([Key, Value]) => (Value === null ? [{ Key }] : []));
  return [
    ...(set.length === 0
      ? []
      : [
          {
            action: 'CreateTags',
            send: (http, dryRun) =>
              ec2.send(new CreateTagsCommand({ Resources, Tags: set, ...dryRun }), http),
          } satisfies Step,
        ]),
    ...(removed.length === 0
      ? []
      : [
          {
            action: 'DeleteTags',
            send: (http, dryRun) =>
              ec2.send(new DeleteTagsCommand({ Resources, Tags: removed, ...dryRun }), http),
          } satisfies Step,
        ]),
  ];
}

/** The body with the tags as they are now, and the name where that is one of them. */
export function taggedWith(body: ResourceBody, patch: TagPatch): ResourceBody {
  // What is published is told without tags.
  if (Object.keys(patch).length === 0 || body.visibility === 'public') return body;
  const entries = Object.entries({ ...body.tags, ...patch }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const tags = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  const name =
    namedByTag.has(body.type) && Object.hasOwn(patch, 'Name') ? (patch['Name'] ?? null) : body.name;
  return { ...body, tags, name };
}

const namedByTag: ReadonlySet<string> = new Set([
  'instance',
  'network',
  'subnet',
  'security-group-rule',
  'ip-address',
  'volume',
  'volume-snapshot',
]);
