import type { Environment } from '@cloud-gateway/runtime';

/** The environment over `defaults`. As everywhere, an empty variable counts as not set. */
export function withDefaults(defaults: Environment, environment: Environment): Environment {
  const set = Object.entries(environment).filter(([, value]) => value?.trim());
  return { ...defaults, ...Object.fromEntries(set) };
}
