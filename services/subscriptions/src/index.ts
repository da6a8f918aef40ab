export { type SubscriptionsConfig, subscriptionsConfigSchema } from './config.ts';
export { type Subscriptions, start } from './service.ts';
