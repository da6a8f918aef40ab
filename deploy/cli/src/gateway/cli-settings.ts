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
