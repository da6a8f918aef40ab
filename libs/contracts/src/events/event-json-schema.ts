// JSON Schemas (draft 2020-12) of what the message of an event carries, for subscribers in any language. Additional
// fields are allowed everywhere: a minor version adds some.
import { z } from 'zod';
import { simplifyJsonSchema } from '../openapi/simplify-json-schema.ts';
import { bodySchemas } from '../resources/documents.ts';
import { administrativeEventSchema } from './administrative-event.ts';
import { listingEventSchema } from './listing-event.ts';
import { resourceEventSchema } from './resource-event.ts';
import { presentSchemaVersion } from './schema-version.ts';

const bodies = Object.values(bodySchemas);

const families = {
  resource: {
    title: 'A resource has changed',
    // A consumer of ours takes whatever body comes; to others we say what is in it.
    schema: resourceEventSchema.extend({
      body: z
        .discriminatedUnion('type', bodies as [(typeof bodies)[number], ...typeof bodies])
        .describe(resourceEventSchema.shape.body.description ?? ''),
    }),
  },
  listing: {
    title: 'What is known of one type of resources grows old, or is current again',
    schema: listingEventSchema,
  },
  administrative: {
    title: 'Something has happened to the gateway itself',
    schema: administrativeEventSchema,
  },
} as const;

export type EventFamily = keyof typeof families;
export const eventFamilies = Object.keys(families) as EventFamily[];

export function eventJsonSchema(family: EventFamily): Readonly<Record<string, unknown>> {
  const { title, schema } = families[family];
  const { $schema, ...root } = z.toJSONSchema(schema, {
    io: 'output',
    reused: 'inline',
    override: ({ jsonSchema }) => simplifyJsonSchema(jsonSchema, 'output'),
  });
  const $id = `urn:cloud-gateway:event:${family}:${presentSchemaVersion}`;
  return { $schema, $id, title, ...withRootInPlace(root) };
}

// A schema that has a name in the OpenAPI document comes as a reference to it, the root too.
function withRootInPlace({ $ref, $defs = {}, ...root }: z.core.JSONSchema.BaseSchema) {
  const name = $ref?.replace('#/$defs/', '');
  if (name === undefined) return { ...root, $defs };
  const { [name]: inPlace, ...others } = $defs;
  return { ...inPlace, ...(Object.keys(others).length > 0 && { $defs: others }) };
}
