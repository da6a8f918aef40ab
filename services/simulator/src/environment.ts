// The settings as they come from the environment, for the simulator as a process of its own.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type SimulatorSettings, simulatorConfigSchema, userSchema } from './config.ts';
import { pagingModes } from './listing/paging.ts';

const { shape } = simulatorConfigSchema;
const number = z.coerce.number();

const environmentSchema = z.object({
  GATEWAY_SIMULATOR_HOST: z
    .string()
    .optional()
    .describe(shape.host.description ?? ''),
  GATEWAY_SIMULATOR_PORT: number.default(4566).describe('Port to listen on; 0 takes a free one.'),
  GATEWAY_SIMULATOR_TLS_CERT_FILE: z
    .string()
    .optional()
    .describe('Certificate in PEM; with the key it speaks HTTPS.'),
  GATEWAY_SIMULATOR_TLS_KEY_FILE: z.string().optional().describe('Key in PEM.'),
  GATEWAY_SIMULATOR_REGIONS: z.string().optional().describe('Region names, separated by commas.'),
  GATEWAY_SIMULATOR_USERS: z
    .string()
    .optional()
    .describe('JSON list of accessKeyId, secretAccessKey, accountId, userName, deniedActions.'),
  GATEWAY_SIMULATOR_TRANSITION_MS: number.optional().describe(shape.transitionMs.description ?? ''),
  GATEWAY_SIMULATOR_TERMINATED_LINGER_MS: number
    .optional()
    .describe(shape.terminatedLingerMs.description ?? ''),
  GATEWAY_SIMULATOR_LAG_MS: number.optional().describe(shape.lagMs.description ?? ''),
  GATEWAY_SIMULATOR_PAGING: z
    .enum(pagingModes)
    .optional()
    .describe(shape.paging.description ?? ''),
});

/** Throws a ZodError, or an error about a file, that names what is wrong. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): SimulatorSettings {
  const values = environmentSchema.parse(env);
  return {
    port: values.GATEWAY_SIMULATOR_PORT,
    ...given('host', values.GATEWAY_SIMULATOR_HOST),
    ...given('tls', readTls(values.GATEWAY_SIMULATOR_TLS_CERT_FILE, values.GATEWAY_SIMULATOR_TLS_KEY_FILE)),
    ...given(
      'regions',
      values.GATEWAY_SIMULATOR_REGIONS?.split(',').map((region) => region.trim()),
    ),
    ...given(
      'users',
      values.GATEWAY_SIMULATOR_USERS && z.array(userSchema).parse(JSON.parse(values.GATEWAY_SIMULATOR_USERS)),
    ),
    ...given('transitionMs', values.GATEWAY_SIMULATOR_TRANSITION_MS),
    ...given('terminatedLingerMs', values.GATEWAY_SIMULATOR_TERMINATED_LINGER_MS),
    ...given('lagMs', values.GATEWAY_SIMULATOR_LAG_MS),
    ...given('paging', values.GATEWAY_SIMULATOR_PAGING),
  };
}

function readTls(certFile: string | undefined, keyFile: string | undefined) {
  if (!certFile && !keyFile) return undefined;
  if (!certFile || !keyFile) throw new Error('TLS needs both a certificate and a key.');
  return { certPem: readFileSync(certFile, 'utf8'), keyPem: readFileSync(keyFile, 'utf8') };
}

/** A setting that was not given is left out, so that its default applies. */
function given<Name extends string, T>(name: Name, value: T | '' | undefined): { [K in Name]?: T } {
  if (value === undefined || value === '') return {};
  return { [name]: value } as { [K in Name]?: T }; // a computed key widens to string
}
