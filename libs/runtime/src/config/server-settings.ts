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
};
