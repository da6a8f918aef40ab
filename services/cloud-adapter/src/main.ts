import { runService } from '@cloud-gateway/runtime';
import { cloudAdapterConfigSchema } from './config.ts';
import { start } from './service.ts';

await runService({ name: 'cloud-adapter', schema: cloudAdapterConfigSchema, start });
