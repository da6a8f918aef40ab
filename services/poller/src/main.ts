import { runService } from '@cloud-gateway/runtime';
import { pollerConfigSchema } from './config.ts';
import { start } from './service.ts';

await runService({ name: 'poller', schema: pollerConfigSchema, start });
