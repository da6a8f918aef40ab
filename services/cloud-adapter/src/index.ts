export { type CloudAdapterConfig, cloudAdapterConfigSchema } from './config.ts';
export { type CloudAdapter, type CloudAdapterDeps, start } from './service.ts';
