import { createGrantChecker } from '@cloud-gateway/access';
import type { Clock } from '@cloud-gateway/clock';
import { type Clouds, createPollIntervals, type PollIntervalConfig } from '@cloud-gateway/clouds';
import type { Store } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import { createAccountAccess } from './account-access.ts';
import type { CloudAdapterConfig } from './config.ts';
import { createConnectionPolicies, readCloudPolicies } from './connection-policy.ts';
import type { HandlerDeps } from './handlers/handler-deps.ts';
import { createSessionOpener } from './session-opener.ts';

export interface HandlerDepsSources {
  readonly store: Store;
  readonly vault: Pick<Vault, 'open'>;
  readonly clouds: Clouds;
  readonly clock: Clock;
}

type HandlerConfig = PollIntervalConfig &
  Pick<CloudAdapterConfig, 'GATEWAY_CONNECTION_POLICY' | 'GATEWAY_CONNECTION_POLICIES'>;

/** Throws ConfigurationError for connection policies and intervals that cannot be read. */
export function createHandlerDeps(
  config: HandlerConfig,
  { store, vault, clouds, clock }: HandlerDepsSources,
): HandlerDeps {
  const grants = createGrantChecker({ store, clock });
  const served = clouds.all().map(({ id }) => id);
  return {
    clouds,
    store,
    clock,
    grants,
    sessions: createSessionOpener({ store, vault, grants }),
    access: createAccountAccess({ clouds, grants, provenAccounts: store.read.grants }),
    intervals: createPollIntervals(config),
    policies: createConnectionPolicies({
      environments: store.read.environments,
      gateway: config.GATEWAY_CONNECTION_POLICY,
      clouds: readCloudPolicies(config.GATEWAY_CONNECTION_POLICIES, served),
    }),
  };
}
