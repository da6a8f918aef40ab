// Every service of the gateway, in the order in which they start: who answers first, the door last.
import { cloudAdapterConfigSchema, start as startCloudAdapter } from '@cloud-gateway/cloud-adapter';
import { credentialsConfigSchema, start as startCredentials } from '@cloud-gateway/credentials';
import { edgeConfigSchema, start as startEdge } from '@cloud-gateway/edge';
import { pollerConfigSchema, start as startPoller } from '@cloud-gateway/poller';
import { type Environment, readConfig, type ServiceDeps } from '@cloud-gateway/runtime';

export interface RunningService {
  readonly url?: string;
  readonly tlsUrl?: string | undefined;
  stop(): Promise<void>;
}

interface Service {
  start(environment: Environment, deps: ServiceDeps): Promise<RunningService>;
}

export const services = {
  credentials: {
    start: (environment, deps) => startCredentials(readConfig(credentialsConfigSchema, environment), deps),
  },
  'cloud-adapter': {
    start: (environment, deps) => startCloudAdapter(readConfig(cloudAdapterConfigSchema, environment), deps),
  },
  poller: { start: (environment, deps) => startPoller(readConfig(pollerConfigSchema, environment), deps) },
  edge: { start: (environment, deps) => startEdge(readConfig(edgeConfigSchema, environment), deps) },
} satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

export const serviceNames = Object.keys(services) as ServiceName[];

export const serviceSchemas = {
  credentials: credentialsConfigSchema,
  'cloud-adapter': cloudAdapterConfigSchema,
  poller: pollerConfigSchema,
  edge: edgeConfigSchema,
};
