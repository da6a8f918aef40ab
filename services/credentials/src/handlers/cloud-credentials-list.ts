import { cloudCredentialsListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findEnvironment } from '../find-environment.ts';
import { pageOf } from '../page-of.ts';
import { toStoredCredentialsBodies } from '../stored-credentials-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function cloudCredentialsList({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(cloudCredentialsListRoute, async ({ caller, query }) => {
    const { organizationId } = caller;
    const { limit, cursor, environment } = query;
    if (environment !== undefined) await findEnvironment(store.read, { id: environment, organizationId });
    const rows = await store.read.credentials.listUsable({
      organizationId,
      environmentId: environment,
      afterId: cursor,
      limit: limit + 1,
    });
    const bodies = await toStoredCredentialsBodies(store.read, caller, rows);
    return { body: pageOf(bodies, { limit, idOf: ({ id }) => id, toItem: (body) => body }) };
  });
}
