import { runService } from '@cloud-gateway/runtime';
import { edgeConfigSchema } from './config.ts';
import { start } from './service.ts';

await runService({ name: 'edge', schema: edgeConfigSchema, start });
