export { findFreePort } from '@cloud-gateway/embedded';
export { closeBrokerConnections } from './close-broker-connections.ts';
export { closeDatabaseConnections } from './close-database-connections.ts';
export { type EventuallyOptions, eventually } from './eventually.ts';
export { type LogEntry, loggerTo, silentLog } from './logger-to.ts';
export { type CloudUser, newCloudUser } from './new-cloud-user.ts';
export { type RequestParts, requestOf } from './request-of.ts';
export { captureLogLine, rememberSecret } from './run-captured-logs.ts';
export { type CommandResult, type RunCommandOptions, runCommand } from './run-command.ts';
export {
  type ServiceExit,
  type SpawnedService,
  type SpawnServiceOptions,
  spawnService,
} from './spawn-service.ts';
export { type MotoServer, startMotoServer } from './start-moto-server.ts';
export { type ArrivedEvent, type EventSubscription, subscribeToEvents } from './subscribe-to-events.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
export { serverStartTimeoutMs, testServers } from './test-servers.ts';
export { createTestVirtualHost, type TestVirtualHost } from './test-virtual-host.ts';
