import path from 'node:path';
import { cloudSettings } from '@cloud-gateway/clouds';
import { databaseSettings, proxyAddressSettings, setting, vaultSettings } from '@cloud-gateway/runtime';
import { z } from 'zod';

const folder = path.join('.gateway', 'csg');
const megabyte = 1024 * 1024;

export const csgConfigSchema = z.object({
  ...databaseSettings,
  ...vaultSettings,
  ...cloudSettings,
  ...proxyAddressSettings,
  GATEWAY_CSG_HOST: setting.text({ default: '127.0.0.1', description: 'Address that the proxy binds.' }),
  GATEWAY_CSG_PORT: setting.port(3128, 'Port of the proxy.'),
  GATEWAY_CSG_NAMES: setting.list({
    default: ['localhost'],
    description:
      'Names under which clients call the proxy itself (AWS_ENDPOINT_URL=https://<name>:<port>), besides that of GATEWAY_CSG_PUBLIC_URL.',
  }),
  GATEWAY_CSG_ROOT_CERT_FILE: setting.file({
    default: path.join(folder, 'root.crt'),
    description:
      'PEM file: the self-signed root certificate that clients trust. Made at first start together with its key when neither is there.',
  }),
  GATEWAY_CSG_ROOT_KEY_FILE: setting.file({
    default: path.join(folder, 'root.key'),
    description: 'PEM file: the private key of the root, readable by nobody else. Back it up.',
  }),
  GATEWAY_CSG_WORKERS: setting.integer({
    min: 1,
    max: 64,
    default: 1,
    description:
      'Processes of the proxy, sharing its port; one per core is best. Only when it is started by itself.',
  }),
  GATEWAY_CSG_CONNECTIONS_MAX: setting.integer({
    min: 1,
    max: 100_000,
    default: 10_000,
    description: 'Connections of one process at the most; about 60 KB each.',
  }),
  GATEWAY_CSG_CONNECTIONS_PER_CLIENT_MAX: setting.integer({
    min: 1,
    max: 100_000,
    default: 2_000,
    description: 'Connections of one client address at the most.',
  }),
  GATEWAY_CSG_OPENING_TIMEOUT_MS: setting.milliseconds({
    min: 100,
    max: 60_000,
    default: 10_000,
    description: 'How long a client may take to ask for its tunnel, and again to finish its TLS handshake.',
  }),
  GATEWAY_CSG_KEEP_ALIVE_MS: setting.milliseconds({
    min: 1000,
    max: 600_000,
    default: 65_000,
    description: 'How long a connection may wait for its next request.',
  }),
  GATEWAY_CSG_HEAD_TIMEOUT_MS: setting.milliseconds({
    min: 100,
    max: 60_000,
    default: 15_000,
    description: 'How long the header of a request may take from its first byte.',
  }),
  GATEWAY_CSG_HEAD_LIMIT_BYTES: setting.integer({
    min: 4096,
    max: megabyte,
    default: 64 * 1024,
    description: 'Largest header of a request.',
  }),
  GATEWAY_CSG_IDLE_TIMEOUT_MS: setting.milliseconds({
    min: 1000,
    max: 3_600_000,
    default: 120_000,
    description: 'How long a body may stand still, either way.',
  }),
  GATEWAY_CSG_ANSWER_TIMEOUT_MS: setting.milliseconds({
    min: 1000,
    max: 3_600_000,
    default: 960_000,
    description: 'How long the cloud may take to begin its answer. A synchronous Lambda may take 15 minutes.',
  }),
  GATEWAY_CSG_BODY_MEMORY_BYTES: setting.integer({
    min: megabyte,
    max: 1024 * megabyte,
    default: 16 * megabyte,
    description:
      'What all bodies that have to be checked before they are forwarded may hold in memory; more goes to files.',
  }),
  GATEWAY_CSG_SPOOL_FOLDER: setting.text({
    default: path.join(folder, 'spool'),
    description:
      'Folder for large bodies that have to be checked first, and for usage records while the database is away.',
  }),
  GATEWAY_CSG_SPOOL_FILE_BYTES: setting.integer({
    min: megabyte,
    max: 1024 * 1024 * megabyte,
    default: 256 * megabyte,
    description:
      'Largest body that is checked before it is forwarded; bodies that declare their hash stream without limit.',
  }),
  GATEWAY_CSG_SPOOL_TOTAL_BYTES: setting.integer({
    min: megabyte,
    max: 1024 * 1024 * megabyte,
    default: 2048 * megabyte,
    description: 'What all such bodies together may take on the disk.',
  }),
  GATEWAY_CSG_OFFLINE_GRACE_MS: setting.milliseconds({
    min: 0,
    max: 86_400_000,
    default: 900_000,
    description: 'How long known keys go on working while the database is away.',
  }),
  GATEWAY_CSG_UPSTREAM_ENDPOINTS: setting.list({
    default: [],
    description:
      'Other addresses for endpoints of AWS, for tests and private clouds: <host, *.suffix or *>=<url>, separated by commas.',
  }),
  GATEWAY_CSG_ACCESS_LOG: setting.text({
    default: 'stdout',
    description: 'Where a JSON line for each call goes: stdout, off, or a file.',
  }),
  GATEWAY_CSG_LOGSTASH_URL: setting.text({
    optional: true,
    description: 'tcp://host:port of a logstash that gets the same lines.',
  }),
});

export type CsgConfig = z.output<typeof csgConfigSchema>;
