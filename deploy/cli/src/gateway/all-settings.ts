import { type ConfigRow, describeConfig, processSettings } from '@cloud-gateway/runtime';
import { z } from 'zod';
import { cliConfigSchema, clientConfigSchema } from './cli-settings.ts';
import { services } from './services.ts';

/** Every setting once, also when several services read it; in the order of the alphabet. */
export function allSettings(): readonly ConfigRow[] {
  // The last description of a name is the one that is kept: ours tell what happens without a server.
  const schemas = [
    z.object(processSettings),
    ...Object.values(services).map(({ configSchema }) => configSchema),
    clientConfigSchema,
    cliConfigSchema,
  ];
  const rows = schemas.flatMap((schema) => describeConfig(schema));
  const byName = new Map(rows.map((row) => [row.name, row]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
