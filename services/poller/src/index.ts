export { type PollerConfig, pollerConfigSchema } from './config.ts';
export { type Poller, type PollerDeps, start } from './service.ts';
