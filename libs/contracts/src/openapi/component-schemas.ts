// JSON Schemas for the OpenAPI document. A zod schema with a name (`.meta({ id })`) is written once, under
// components/schemas, and referred to from everywhere else: generated clients then have one type of that name.
import { z } from 'zod';
import { simplifyJsonSchema } from './simplify-json-schema.ts';

type JsonSchema = Record<string, unknown>;

export interface ComponentSchemas {
  /** What came to be under components/schemas so far. */
  readonly all: Readonly<Record<string, JsonSchema>>;
  /** Converts; `input` is what a caller sends, `output` what he gets. Throws when two different schemas have one name. */
  convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
}

export function createComponentSchemas(): ComponentSchemas {
  const all: Record<string, JsonSchema> = {};

  function keep(name: string, schema: JsonSchema): void {
    const known = all[name];
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`Two different schemas are named ${name}, or it differs as input and as output`);
    }
    all[name] = schema;
  }

  return {
    all,
    convert(schema, io) {
      const converted = z.toJSONSchema(schema, {
        io,
        reused: 'inline',
        unrepresentable: 'any',
        override: ({ jsonSchema }) => simplifyJsonSchema(jsonSchema, io),
      });
      const { $schema: _dialect, $defs = {}, ...root } = withReferences(converted) as JsonSchema;
      for (const [name, definition] of Object.entries($defs as Record<string, JsonSchema>))
        keep(name, definition);
      return root;
    },
  };
}

// zod refers to `$defs` beside the schema. A reference inside an OpenAPI document counts from the root of the document.
function withReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' ? String(inner).replace('#/$defs/', '#/components/schemas/') : withReferences(inner),
    ]),
  );
}
