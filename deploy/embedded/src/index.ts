export { EmbeddedServersError } from './embedded-servers-error.ts';
export { findFreePort } from './free-ports.ts';
export type { PrivateServer } from './private-server.ts';
export type { Progress, Report, ServerName } from './progress.ts';
export {
  type EmbeddedServers,
  type EmbeddedServersOptions,
  type PrivateBroker,
  type PrivateDatabase,
  startEmbeddedServers,
  startPrivateBroker,
  startPrivateDatabase,
} from './start-embedded-servers.ts';
