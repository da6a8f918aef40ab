import { cloudSettings } from '@cloud-gateway/clouds';
import {
  brokerSettings,
  databaseSettings,
  proxyAddressSettings,
  setting,
  vaultSettings,
} from '@cloud-gateway/runtime';
import { z } from 'zod';

export const credentialsConfigSchema = z.object({
  ...databaseSettings,
  ...brokerSettings,
  ...vaultSettings,
  ...cloudSettings,
  ...proxyAddressSettings,
  GATEWAY_BROKER_AUTH_HOST: setting.text({
    default: '127.0.0.1',
    description: 'Address on which RabbitMQ asks who may log in and who may do what.',
  }),
  GATEWAY_BROKER_AUTH_PORT: setting.port(15_673, 'Port on which RabbitMQ asks who may log in.'),
  GATEWAY_BROKER_AUTH_CERT_FILE: setting.file({
    optional: true,
    description:
      'PEM file: the certificate of that port, then its chain. With it RabbitMQ has to ask by https.',
  }),
  GATEWAY_BROKER_AUTH_KEY_FILE: setting.file({
    optional: true,
    description: 'PEM file: the private key of that certificate.',
  }),
  GATEWAY_AMQP_MANAGEMENT_URL: setting.secretUrl({
    protocols: ['http:', 'https:'],
    optional: true,
    description:
      "RabbitMQ's management API with an administrator's name and password: http://user:password@host:15672. Without it the AMQP connections of a revoked token stay open.",
  }),
  GATEWAY_LOGIN_FAILURES_MAX: setting.integer({
    min: 1,
    max: 1000,
    default: 10,
    description:
      'Failed log-ins of one client id within the window, per process; after that its log-ins are answered 429.',
  }),
  GATEWAY_LOGIN_FAILURES_WINDOW_MS: setting.milliseconds({
    min: 1000,
    max: 3_600_000,
    default: 60_000,
    description: 'How long failed log-ins count; it begins with the first one.',
  }),
  GATEWAY_CREDENTIAL_CHECK_INTERVAL_MS: setting.milliseconds({
    min: 1000,
    max: 7 * 24 * 3_600_000,
    default: 3_600_000,
    description:
      'How often the cloud is asked whether it still accepts each stored credential that is in use.',
  }),
  GATEWAY_RETENTION_IDEMPOTENCY_DAYS: setting.integer({
    min: 1,
    max: 3650,
    default: 7,
    description: 'How long the outcome of a write is kept: so long its repetition gets the same answer.',
  }),
  GATEWAY_USAGE_RETENTION_DAYS: setting.integer({
    min: 1,
    max: 3650,
    default: 90,
    description: 'How long the calls made through the proxy are kept, in days.',
  }),
});

export type CredentialsConfig = z.output<typeof credentialsConfigSchema>;
