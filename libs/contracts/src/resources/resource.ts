// What every resource has, whatever its type and cloud. A cloud's listing gives a body; the gateway adds where it is
// kept and how old it is, and that is the document that a client reads.
import { z } from 'zod';
import { accountId, cloudSlug, region, timestamp } from '../routes/fields.ts';
import { allResourceTypes, type ResourceType, resourceTypes } from './resource-types.ts';

export const visibilities = ['private', 'shared', 'community', 'public'] as const;

/** The part of a body that all types share. */
export function bodySchema<T extends ResourceType>(type: T) {
  const states = resourceTypes[type].states as readonly string[] as [string, ...string[]];
  return z.object({
    type: z.literal(type),
    cloudId: z.string().min(1).describe("The cloud's own id."),
    name: z.string().nullable(),
    state: z.enum(states).describe('Normalised; the same words for every cloud.'),
    rawState: z.string().nullable().describe('Word for word as the cloud says it.'),
    stateReason: z.string().nullable(),
    owner: z.string().nullable().describe("The owning account's number in the cloud."),
    visibility: z.enum(visibilities),
    tags: z.record(z.string(), z.string()),
    createdAt: timestamp.nullable().describe('When the cloud made it, where the cloud tells.'),
    cloudAttributes: z.record(z.string(), z.unknown()).describe('What only this cloud has.'),
  });
}

/** What the gateway adds to a body: where it is kept, and how old the knowledge is. */
export const recordSchema = z.object({
  id: z.string().describe("The gateway's id; stable for as long as the resource exists."),
  href: z.string(),
  cloud: cloudSlug,
  account: accountId.nullable().describe('Null for a published resource: it is kept once for everybody.'),
  region,
  revision: z.int().min(1),
  sequence: z.int().describe('Position of the last change among all changes of the account.'),
  firstSeenAt: timestamp,
  updatedAt: timestamp.describe('When the last change was seen.'),
  observedAt: timestamp.describe('When the cloud was last seen to say this.'),
  stale: z.boolean().describe('True when the last attempts to look again have failed.'),
  deletedAt: timestamp.nullable(),
});

/** A body of any type, as the store keeps it and events carry it. */
export const anyBodySchema = z.looseObject({
  ...bodySchema('instance').shape,
  type: z.enum(allResourceTypes),
  state: z.string(),
});

export type ResourceBody = z.infer<typeof anyBodySchema>;
export type ResourceRecord = z.infer<typeof recordSchema>;
