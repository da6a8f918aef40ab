export { type EdgeConfig, edgeConfigSchema } from './config.ts';
export { type Edge, start } from './service.ts';
