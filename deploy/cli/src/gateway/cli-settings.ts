import { optionalServerSettings, setting } from '@cloud-gateway/runtime';
import { z } from 'zod';

/** The settings that decide where the servers are; everything else belongs to the services. */
export const cliConfigSchema = z.object({
  GATEWAY_DATA_DIR: setting.file({
    default: '.gateway',
    description: 'Folder of the private servers and of the master key.',
  }),
  ...optionalServerSettings,
  GATEWAY_LOG_FILE: setting.file({
    optional: true,
    description:
      'The log of `cloud-gateway start` goes into this file too, as JSON; at 50 MB it becomes <file>.1. With private servers it is gateway.log in GATEWAY_DATA_DIR when nothing is set.',
  }),
});

/** Where the gateway is and who asks, for the commands that call it as any client does. */
export const clientConfigSchema = z.object({
  GATEWAY_URL: setting.url({
    protocols: ['http:', 'https:', 'amqp:', 'amqps:'],
    optional: true,
    description:
      'The gateway that commands call: http(s)://, or amqp(s):// of its broker. Without it the one that runs here.',
  }),
  GATEWAY_CLIENT_ID: setting.text({
    optional: true,
    description: 'Id of the client as which commands call the gateway.',
  }),
  GATEWAY_CLIENT_SECRET: setting.secret({
    optional: true,
    description:
      'Secret of that client: commands get their tokens with it. Not an option, because others can see options.',
  }),
  GATEWAY_TOKEN: setting.secret({
    optional: true,
    description: 'A token for the commands that call the gateway, instead of the secret.',
  }),
  GATEWAY_CA_FILE: setting.file({
    optional: true,
    description:
      'PEM file of the authority that signs the certificate of the gateway or of its broker, for commands that call it by https:// or amqps://.',
  }),
});
