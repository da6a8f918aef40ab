import type { GrantChecker } from '@cloud-gateway/access';
import type { Clock } from '@cloud-gateway/clock';
import type { Clouds, PollIntervals } from '@cloud-gateway/clouds';
import type { Store } from '@cloud-gateway/store';
import type { AccountAccess } from '../account-access.ts';
import type { ConnectionPolicies } from '../connection-policy.ts';
import type { SessionOpener } from '../session-opener.ts';

/** What the handlers of this service are made of; each picks its part. */
export interface HandlerDeps {
  readonly clouds: Pick<Clouds, 'all' | 'get'>;
  readonly store: Store;
  readonly grants: Pick<GrantChecker, 'check' | 'forget'>;
  readonly access: AccountAccess;
  readonly sessions: SessionOpener;
  readonly policies: ConnectionPolicies;
  readonly intervals: PollIntervals;
  readonly clock: Clock;
}
