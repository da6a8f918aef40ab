// Everything that is wrong with the environment is said before anything is started: a private server takes seconds, and
// a person should not wait for them to learn of a misspelt port.
import {
  ConfigurationError,
  type ConfigurationIssue,
  type Environment,
  isConfigurationError,
  processSettings,
  readConfig,
} from '@cloud-gateway/runtime';
import { z } from 'zod';
import { cliConfigSchema } from './cli-settings.ts';
import type { ServiceName } from './service-names.ts';
import { services } from './services.ts';
import { withDefaults } from './with-defaults.ts';

/** Throws one ConfigurationError that names every wrong setting of these services. */
export function checkSettings(environment: Environment, names: readonly ServiceName[]): void {
  const withServers = withDefaults(placeholders, environment);
  const schemas = [
    cliConfigSchema,
    z.object(processSettings),
    ...names.map((name) => services[name].configSchema),
  ];
  const issues = schemas.flatMap((schema) => issuesOf(() => readConfig(schema, withServers)));
  if (issues.length === 0) return;
  throw new ConfigurationError([...new Map(issues.map((issue) => [issue.name, issue])).values()]);
}

// Where none is named, a private server will be there.
const placeholders: Environment = {
  GATEWAY_DATABASE_URL: 'mysql://private',
  GATEWAY_AMQP_URL: 'amqp://private',
};

function issuesOf(read: () => void): readonly ConfigurationIssue[] {
  try {
    read();
    return [];
  } catch (err) {
    if (isConfigurationError(err)) return err.issues;
    throw err;
  }
}
