// What every service's main.ts does: read the configuration, make the log, the metrics and the health, start the service
// and its admin door, stop both on a signal.
import { z } from 'zod';
import { type Config, type ConfigSchema, readConfig } from '../config/read-config.ts';
import { setting } from '../config/setting.ts';
import { createHealth } from '../health/create-health.ts';
import type { Health } from '../health/health.ts';
import { startAdminServer } from '../health/start-admin-server.ts';
import { createLogger } from '../logging/create-logger.ts';
import { logSettings } from '../logging/log-settings.ts';
import type { Logger } from '../logging/logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { createStopStack } from './create-stop-stack.ts';
import { runProcess } from './run-process.ts';

/** The settings that every process has, whatever it serves. */
export const processSettings = {
  ...logSettings,
  GATEWAY_ADMIN_HOST: setting.text({
    default: '127.0.0.1',
    description: 'Address of the admin door: /livez, /readyz, /metrics.',
  }),
  GATEWAY_ADMIN_PORT: setting.port(
    0,
    'Port of the admin door; 0 lets the system choose, and the log says which.',
  ),
};

/** What a service gets from its process. */
export interface ServiceDeps {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
}

export async function runService<Schema extends ConfigSchema>(service: {
  readonly name: string;
  readonly schema: Schema;
  readonly start: (config: Config<Schema>, deps: ServiceDeps) => Promise<{ stop(): Promise<void> }>;
  /** How long the stop may take. */
  readonly shutdownTimeoutMs?: number;
}): Promise<void> {
  const { name, shutdownTimeoutMs = 25_000 } = service;
  await runProcess({
    name,
    shutdownTimeoutMs,
    start: async () => {
      const processConfig = readConfig(z.object(processSettings));
      const config = readConfig(service.schema);
      const log = createLogger({
        service: name,
        level: processConfig.GATEWAY_LOG_LEVEL,
        format: processConfig.GATEWAY_LOG_FORMAT,
      });
      const metrics = createMetrics({ service: name, processMetrics: true });
      const health = createHealth();
      const stops = createStopStack({ timeoutMs: shutdownTimeoutMs });
      const admin = await startAdminServer({
        host: processConfig.GATEWAY_ADMIN_HOST,
        port: processConfig.GATEWAY_ADMIN_PORT,
        health,
        metrics,
        log,
      });
      stops.add('admin door', () => admin.stop());
      try {
        const running = await service.start(config, { log, metrics, health });
        stops.add(name, () => running.stop());
      } catch (err) {
        await stops.stop();
        throw err;
      }
      stops.add('health', () => health.draining());
      health.serving();
      log.info('the admin door is open', { url: admin.url });
      return { log, stop: () => stops.stop() };
    },
  });
}
