// How each service is started, and what it can be told.
import { cloudAdapterConfigSchema, start as startCloudAdapter } from '@cloud-gateway/cloud-adapter';
import { credentialsConfigSchema, start as startCredentials } from '@cloud-gateway/credentials';
import { csgConfigSchema, start as startCsg } from '@cloud-gateway/csg';
import { edgeConfigSchema, start as startEdge } from '@cloud-gateway/edge';
import { pollerConfigSchema, start as startPoller } from '@cloud-gateway/poller';
import { type ConfigSchema, type Environment, readConfig, type ServiceDeps } from '@cloud-gateway/runtime';
import { start as startSubscriptions, subscriptionsConfigSchema } from '@cloud-gateway/subscriptions';
import type { ServiceName } from './service-names.ts';

export interface RunningService {
  /** Of the edge and of the proxy only. */
  readonly url?: string;
  readonly tlsUrl?: string | undefined;
  stop(): Promise<void>;
}

interface Service {
  start(environment: Environment, deps: ServiceDeps): Promise<RunningService>;
  readonly configSchema: ConfigSchema;
}

export const services: Readonly<Record<ServiceName, Service>> = {
  credentials: {
    start: (environment, deps) => startCredentials(readConfig(credentialsConfigSchema, environment), deps),
    configSchema: credentialsConfigSchema,
  },
  'cloud-adapter': {
    start: (environment, deps) => startCloudAdapter(readConfig(cloudAdapterConfigSchema, environment), deps),
    configSchema: cloudAdapterConfigSchema,
  },
  subscriptions: {
    start: (environment, deps) =>
      startSubscriptions(readConfig(subscriptionsConfigSchema, environment), deps),
    configSchema: subscriptionsConfigSchema,
  },
  poller: {
    start: (environment, deps) => startPoller(readConfig(pollerConfigSchema, environment), deps),
    configSchema: pollerConfigSchema,
  },
  csg: {
    start: (environment, deps) => startCsg(readConfig(csgConfigSchema, environment), deps),
    configSchema: csgConfigSchema,
  },
  edge: {
    start: (environment, deps) => startEdge(readConfig(edgeConfigSchema, environment), deps),
    configSchema: edgeConfigSchema,
  },
};
