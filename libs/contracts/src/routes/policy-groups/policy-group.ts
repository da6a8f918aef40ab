// Rules on the actions that a key may call through the proxy. The types are named as the refusals name them:
// "Action 'CreateTable' violates policy 'csg.resource.name.prefix'".
import { z } from 'zod';
import { name, timestamp } from '../fields.ts';
import { hasNestedRepetition } from './has-nested-repetition.ts';

const service = z.string().trim().min(1).max(64).describe('Id or name as `GET /v1/cloud-services` lists it.');
const action = z
  .string()
  .min(1)
  .max(128)
  .describe(
    "The cloud's own name of the call: `CreateTable`; `Create*` for all that begin so. Case does not count.",
  );
const parameter = z
  .string()
  .min(1)
  .max(256)
  .optional()
  .describe(
    'Where the name stands in the call: a parameter, dotted where it is nested (`ConfigurationSet.Name`). Default: the one that the action is known to carry its name in, or else whatever of `ThingName`, `thingName`, `Name` and `name` a call to `CreateThing` has.',
  );

function isUsablePattern(pattern: string): boolean {
  try {
    return !hasNestedRepetition(new RegExp(pattern).source);
  } catch {
    return false;
  }
}

export const policyRuleSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('csg.resource.name.prefix'),
      service,
      action,
      parameter,
      prefix: z.string().min(1).max(256),
    })
    .describe('What the action creates has to have a name that begins with the prefix.'),
  z
    .strictObject({
      type: z.literal('csg.resource.name.validation_pattern'),
      service,
      action,
      parameter,
      pattern: z
        .string()
        .min(1)
        .max(512)
        .refine(isUsablePattern, 'must be a valid regular expression without nested repetition')
        .describe(
          'A regular expression of JavaScript; it has to match the whole or a part. A repeated group must not begin and end with something repeated, as in `([a-z]+)*`.',
        ),
      ignoreCase: z.boolean().optional().describe('Default: false.'),
    })
    .describe('What the action creates has to have a name that matches the pattern.'),
  z
    .strictObject({
      type: z.literal('csg.actions'),
      service,
      allow: z
        .array(z.string().regex(/^[A-Za-z0-9*]{1,128}$/, 'must be an action, with * for any letters'))
        .min(1)
        .max(500),
    })
    .describe('Of this service nothing but these actions: `GetItem`, `List*`. Case does not count.'),
  z
    .strictObject({
      type: z.literal('csg.regions'),
      service: service.optional().describe('Default: all services.'),
      allow: z.array(z.string().min(1).max(63)).min(1).max(100),
    })
    .describe(
      'Calls only in these regions, `eu-*` for all that begin so. Global services count as the region that they are signed for.',
    ),
  z
    .strictObject({
      type: z.literal('csg.calls_per_minute'),
      service: service.optional().describe('Default: all services together.'),
      max: z.int().min(1).max(1_000_000),
    })
    .describe(
      'At most so many calls of one key in a minute, over all proxies. A limit on one service and one on all together both have to hold.',
    ),
]);

export type PolicyRule = z.infer<typeof policyRuleSchema>;
export type PolicyRuleType = PolicyRule['type'];

export const policyGroupFields = {
  name,
  description: z.string().trim().max(1000).default(''),
  rules: z
    .array(policyRuleSchema)
    .max(200)
    .describe(
      'Rules of one type on the same action: one of them has to hold. Different types: all have to hold.',
    ),
};

export const policyGroupSchema = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    ...policyGroupFields,
    usedByRequestIds: z.array(z.string()).describe('The approved and active requests that it governs.'),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'PolicyGroup' });

export const policyGroupParams = z.strictObject({ group: z.string().min(1).max(64) });
