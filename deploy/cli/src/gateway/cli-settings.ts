import { setting } from '@cloud-gateway/runtime';
import { z } from 'zod';

/** The settings that decide where the servers are; everything else belongs to the services. */
export const cliConfigSchema = z.object({
  GATEWAY_DATA_DIR: setting.file({
    default: '.gateway',
    description: 'Folder of the private servers and of the master key.',
  }),
  GATEWAY_DATABASE_URL: setting.secretUrl({
    protocols: ['mysql:'],
    optional: true,
    description:
      'MySQL 8, or MariaDB 10.6 and later: mysql://user:password@host:port/database. Without it `cloud-gateway` starts a private MariaDB.',
  }),
  GATEWAY_AMQP_URL: setting.secretUrl({
    protocols: ['amqp:', 'amqps:'],
    optional: true,
    description:
      'RabbitMQ 3.10 and later: amqp://user:password@host:port/vhost. Without it `cloud-gateway` starts a private RabbitMQ.',
  }),
});

/** The one setting of `cloud-gateway token`. */
export const tokenConfigSchema = z.object({
  GATEWAY_CLIENT_SECRET: setting.secret({
    optional: true,
    description:
      'Secret of the client that `cloud-gateway token` authenticates. Not an option, because others can see options.',
  }),
});
