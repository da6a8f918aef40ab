export {
  ConfigurationError,
  type ConfigurationIssue,
  isConfigurationError,
} from './config/configuration-error.ts';
export { type ConfigRow, describeConfig } from './config/describe-config.ts';
export { type Config, type ConfigSchema, type Environment, readConfig } from './config/read-config.ts';
export { readEnvironment } from './config/read-environment.ts';
export { Secret } from './config/secret.ts';
export {
  brokerAddressSettings,
  brokerSettings,
  databaseSettings,
  optionalServerSettings,
  proxyAddressSettings,
} from './config/server-settings.ts';
export { setting } from './config/setting.ts';
export type { SettingKind } from './config/setting-info.ts';
export { createHealth } from './health/create-health.ts';
export type { Health, HealthCheck, HealthProbes, HealthReport, HealthState } from './health/health.ts';
export { mergeHealth } from './health/merge-health.ts';
export { type AdminServer, type AdminServerOptions, startAdminServer } from './health/start-admin-server.ts';
export { createLogger, type LoggerOptions } from './logging/create-logger.ts';
export { logSettings } from './logging/log-settings.ts';
export { type LogFields, type Logger, type LogLevel, logLevels } from './logging/logger.ts';
export { createMetrics } from './metrics/create-metrics.ts';
export { mergeMetrics } from './metrics/merge-metrics.ts';
export type { Counter, Gauge, Histogram, Metrics, MetricsPage } from './metrics/metrics.ts';
export { createStopStack, type StopStack } from './process/create-stop-stack.ts';
export { exitCodes } from './process/exit-codes.ts';
export { type ProcessOptions, type Running, runProcess } from './process/run-process.ts';
export { processSettings, runService, type ServiceDeps } from './process/run-service.ts';
export { type RetryDelayInput, retryDelayMs } from './time/retry-delay-ms.ts';
export { sleep } from './time/sleep.ts';
export { timeUnitsMs } from './time/time-units-ms.ts';
export { withDeadline } from './time/with-deadline.ts';
export { openVault, vaultSettings } from './vault/open-vault.ts';
