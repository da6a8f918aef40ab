import { type AnyEvent, anyEventSchema } from '@cloud-gateway/contracts';

/**
 * The event as it came, with the fields that this version does not know. Undefined when it is none, and when it is of a
 * major version that this one cannot read.
 */
export function parseEvent(text: string): AnyEvent | undefined {
  const value = parseJson(text);
  // What was parsed, not what the schema makes of it: that would leave out what a newer gateway has added.
  return anyEventSchema.safeParse(value).success ? (value as AnyEvent) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
