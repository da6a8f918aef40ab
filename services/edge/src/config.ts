import { brokerSettings, setting } from '@cloud-gateway/runtime';
import { z } from 'zod';

export const edgeConfigSchema = z.object({
  ...brokerSettings,
  GATEWAY_EDGE_HOST: setting.text({
    default: '127.0.0.1',
    description: 'Address that the HTTP and HTTPS listeners bind.',
  }),
  GATEWAY_EDGE_PORT: setting.port(8080, 'Port of the HTTP listener.'),
  GATEWAY_EDGE_TLS_PORT: setting.port(
    8443,
    'Port of the HTTPS listener; it listens when a certificate is given.',
  ),
  GATEWAY_EDGE_TLS_CERT_FILE: setting.file({
    optional: true,
    description: 'PEM file: the certificate, then its chain.',
  }),
  GATEWAY_EDGE_TLS_KEY_FILE: setting.file({
    optional: true,
    description: 'PEM file: the private key of the certificate.',
  }),
  GATEWAY_EDGE_BODY_LIMIT_BYTES: setting.integer({
    min: 1024,
    max: 128 * 1024 * 1024,
    default: 1024 * 1024,
    description: 'Largest request body; a larger one is answered 413.',
  }),
  GATEWAY_EDGE_HEADER_LIMIT_BYTES: setting.integer({
    min: 4096,
    max: 1024 * 1024,
    default: 32 * 1024,
    description: 'Largest sum of all header fields of a request; more are answered 431.',
  }),
  GATEWAY_EDGE_REQUEST_TIMEOUT_MS: setting.milliseconds({
    min: 100,
    max: 300_000,
    default: 30_000,
    description:
      'How long a caller waits for an answer before 504; also how long he may take to send his request.',
  }),
  GATEWAY_EDGE_PENDING_MAX: setting.integer({
    min: 1,
    max: 1_000_000,
    default: 10_000,
    description: 'Requests that may wait for an answer at once; more are answered 503.',
  }),
  GATEWAY_EDGE_TRUST_PROXY: setting.flag({
    default: false,
    description:
      'Take the peer address from the last entry of X-Forwarded-For; only behind a proxy of yours.',
  }),
});

export type EdgeConfig = z.output<typeof edgeConfigSchema>;
