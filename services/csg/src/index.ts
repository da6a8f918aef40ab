export { type CsgConfig, csgConfigSchema } from './config.ts';
export { type Csg, type CsgDeps, start } from './service.ts';
