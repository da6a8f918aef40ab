import { cloudCredentialsShowRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { assertUsable } from '../assert-usable-credentials.ts';
import { toStoredCredentialsBody } from '../stored-credentials-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function cloudCredentialsShow({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(cloudCredentialsShowRoute, async ({ caller, params: { credential: id } }) => {
    const row = await store.read.credentials.find(id);
    assertUsable(row, { id, organizationId: caller.organizationId });
    return { body: await toStoredCredentialsBody(store.read, caller, row) };
  });
}
