// Where the servers are that everything stands on: the same two variables for every service.
import { setting } from './setting.ts';

const databaseProtocols = ['mysql:'];
const brokerProtocols = ['amqp:', 'amqps:'];

export const databaseSettings = {
  GATEWAY_DATABASE_URL: setting.secretUrl({
    protocols: databaseProtocols,
    description: 'MySQL 8, or MariaDB 10.6 and later: mysql://user:password@host:port/database.',
  }),
};

export const brokerSettings = {
  GATEWAY_AMQP_URL: setting.secretUrl({
    protocols: brokerProtocols,
    description: 'RabbitMQ 3.10 and later: amqp://user:password@host:port/vhost, or amqps://.',
  }),
  GATEWAY_AMQP_CA_FILE: setting.file({
    optional: true,
    description:
      "PEM file of the authorities that sign the broker's certificates, for amqps:// and for its management API. Without it those that Node.js trusts.",
  }),
};

/** Where AMQP clients find the broker, for every process that tells them. */
export const brokerAddressSettings = {
  GATEWAY_AMQP_PUBLIC_URL: setting.url({
    protocols: brokerProtocols,
    optional: true,
    description:
      'The address of the broker as AMQP clients are told it, with the virtual host. Without it that of GATEWAY_AMQP_URL.',
  }),
};

/** Where users find the proxy, for the process that listens and for the one that tells them. */
export const proxyAddressSettings = {
  GATEWAY_CSG_PUBLIC_URL: setting.url({
    default: 'http://127.0.0.1:3128',
    description: 'The address of the proxy as its users write it into HTTPS_PROXY.',
  }),
};

/** For a process that can run private servers instead. */
export const optionalServerSettings = {
  GATEWAY_DATABASE_URL: setting.secretUrl({
    protocols: databaseProtocols,
    optional: true,
    description:
      'MySQL 8, or MariaDB 10.6 and later: mysql://user:password@host:port/database. Without it `cloud-gateway` runs a private MariaDB.',
  }),
  GATEWAY_AMQP_URL: setting.secretUrl({
    protocols: brokerProtocols,
    optional: true,
    description:
      'RabbitMQ 3.10 and later: amqp://user:password@host:port/vhost, or amqps://. Without it `cloud-gateway` runs a private RabbitMQ.',
  }),
  GATEWAY_AMQP_CA_FILE: brokerSettings.GATEWAY_AMQP_CA_FILE,
};
