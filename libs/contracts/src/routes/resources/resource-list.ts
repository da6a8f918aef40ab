import { z } from 'zod';
import { documentSchemaOf } from '../../resources/documents.ts';
import { visibilities } from '../../resources/resource.ts';
import { type ResourceType, resourceTypes } from '../../resources/resource-types.ts';
import { noBody, page, pageOf, region, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { at, collectionParams, presentation } from './resource-query.ts';

/** What a list can be ordered by; each ends in the gateway's id, so that the order is total. */
export const resourceSorts = ['cloudId', 'name', 'state', 'updatedAt'] as const;
export type ResourceSort = (typeof resourceSorts)[number];

const sortTexts = resourceSorts.flatMap((sort) => [sort, `-${sort}`] as const) as [string, ...string[]];

const tagFilter = z
  .string()
  .min(1)
  .max(385)
  .transform((text) => {
    const at = text.indexOf('=');
    return at < 0 ? { key: text } : { key: text.slice(0, at), value: text.slice(at + 1) };
  });

/** One list route per type: the same question, another document. */
export function resourceListRoute<T extends ResourceType>(type: T) {
  const states = resourceTypes[type].states as readonly string[] as [string, ...string[]];
  return defineRoute({
    name: `${type}-list`,
    method: 'GET',
    path: `/v1/clouds/:cloud/accounts/:account/${resourceTypes[type].collection}`,
    tag: 'Resources',
    summary: `List ${resourceTypes[type].collection.replaceAll('-', ' ')}`,
    description:
      'Answered from the store, which the poller keeps equal to the cloud. Published resources are included. With If-None-Match an unchanged page answers 304. `at` goes with `region`, `state` and pages only.',
    auth: 'token',
    permission: 'resources:read',
    params: collectionParams,
    query: z.strictObject({
      region: region.optional(),
      state: z.enum(states).optional(),
      name: z.string().max(255).optional().describe('The whole name, exactly.'),
      owner: z.string().max(255).optional().describe("The owning account's number in the cloud."),
      visibility: z.enum(visibilities).optional(),
      tag: z
        .union([tagFilter.transform((tag) => [tag]), z.array(tagFilter).max(10)])
        .optional()
        .describe('`key` or `key=value`; may be given several times, then all must fit.'),
      updatedSince: timestamp.optional().describe('Only what changed then or later.'),
      sort: z.enum(sortTexts).default('cloudId').describe('With a minus sign in front: downwards.'),
      at,
      ...presentation,
      ...page,
    }),
    body: noBody,
    answer: {
      status: 200,
      description: 'A page of the list, and how old it is',
      schema: pageOf(documentSchemaOf(type)).extend({
        observedAt: timestamp
          .nullable()
          .describe('When the cloud was last listed completely; null when it never was.'),
        stale: z
          .boolean()
          .describe('True when the last attempts to list it have failed, or none was made yet.'),
      }),
      others: { 304: 'It is still what you have' },
    },
    headers: ['if-none-match'],
    errors: ['account-not-proven', 'not-found'],
  });
}
