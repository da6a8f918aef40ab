import { optionalServerSettings, setting } from '@cloud-gateway/runtime';
import { z } from 'zod';

/** The settings that decide where the servers are; everything else belongs to the services. */
export const cliConfigSchema = z.object({
  GATEWAY_DATA_DIR: setting.file({
    default: '.gateway',
    description: 'Folder of the private servers and of the master key.',
  }),
  ...optionalServerSettings,
});

/** The one setting of `cloud-gateway token`. */
export const tokenConfigSchema = z.object({
  GATEWAY_CLIENT_SECRET: setting.secret({
    optional: true,
    description:
      'Secret of the client that `cloud-gateway token` authenticates. Not an option, because others can see options.',
  }),
});
