import type { Clouds } from '@cloud-gateway/clouds';
import type { Store } from '@cloud-gateway/store';
import type { AccountAccess } from '../account-access.ts';
import type { SessionOpener } from '../session-opener.ts';

/** What the handlers of this service are made of; each picks its part. */
export interface HandlerDeps {
  readonly clouds: Pick<Clouds, 'all'>;
  readonly store: Store;
  readonly access: AccountAccess;
  readonly sessions: SessionOpener;
}
