import { runService } from '@cloud-gateway/runtime';
import { credentialsConfigSchema } from './config.ts';
import { start } from './service.ts';

await runService({ name: 'credentials', schema: credentialsConfigSchema, start });
