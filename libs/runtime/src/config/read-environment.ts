import type { Environment } from './read-config.ts';

/** A copy of the environment with `overrides` on top, for a process that configures others. */
export function readEnvironment(overrides: Environment = {}): Environment {
  return { ...process.env, ...overrides };
}
