import { runService } from '@cloud-gateway/runtime';
import { subscriptionsConfigSchema } from './config.ts';
import { start } from './service.ts';

await runService({ name: 'subscriptions', schema: subscriptionsConfigSchema, start });
