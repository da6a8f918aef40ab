import type { TokenVerifier } from '@cloud-gateway/access';
import type { Clock } from '@cloud-gateway/clock';
import type { Clouds } from '@cloud-gateway/clouds';
import type { Store } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import type { FailureLimiter } from '../failure-limiter.ts';
import type { SecretCheck } from '../secret-check.ts';
import type { ServiceCatalogue } from '../service-catalogue.ts';

/** What the handlers of this service are made of; each picks its part. */
export interface HandlerDeps {
  readonly store: Store;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly clouds: Pick<Clouds, 'get' | 'all'>;
  /** The services of a cloud, by the cloud's id. */
  readonly servicesOf: (cloud: string) => ServiceCatalogue;
  /** The address of the proxy as its users write it into HTTPS_PROXY. */
  readonly proxyUrl: string;
  readonly clock: Clock;
  /** Of this process; the others hear the event. */
  readonly verifier: Pick<TokenVerifier, 'forget' | 'forgetClient'>;
  /** Failed log-ins per client id. */
  readonly loginFailures: FailureLimiter;
  readonly checkSecret: SecretCheck;
  /** Failed log-ins written to the audit log, all clients together. */
  readonly auditedFailures: FailureLimiter;
}
