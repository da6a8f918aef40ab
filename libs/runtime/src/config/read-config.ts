// Reads the environment through a schema, once, at the start of a process. This package is the only reader of
// process.env: everything else is handed the frozen result.
import type { z } from 'zod';
import { ConfigurationError, type ConfigurationIssue } from './configuration-error.ts';

/** A zod object whose keys are the names of environment variables. */
export type ConfigSchema = z.ZodObject<Record<string, z.ZodType>>;

export type Config<S extends ConfigSchema> = Readonly<z.output<S>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Gives the typed, frozen configuration. Throws one ConfigurationError that names every wrong value. */
export function readConfig<S extends ConfigSchema>(
  schema: S,
  environment: Environment = process.env,
): Config<S> {
  const result = schema.safeParse(namedIn(schema, environment));
  if (!result.success) throw new ConfigurationError(result.error.issues.map(toIssue));
  return Object.freeze(result.data);
}

// An empty variable counts as not set: that is what `export NAME=` and an empty line of a compose file mean.
function namedIn(schema: ConfigSchema, environment: Environment): Record<string, string | undefined> {
  const entries = Object.keys(schema.shape).map(
    (name) => [name, environment[name]?.trim() || undefined] as const,
  );
  return Object.fromEntries(entries);
}

function toIssue(issue: z.core.$ZodIssue): ConfigurationIssue {
  return { name: String(issue.path[0] ?? ''), message: issue.message };
}
