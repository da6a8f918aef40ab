export { type EdgeConfig, edgeConfigSchema } from './config.ts';
export { type Edge, type EdgeDeps, start } from './service.ts';
