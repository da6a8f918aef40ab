import { organizationListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toOrganizationBody } from '../organization-body.ts';
import { pageOf } from '../page-of.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function organizationList({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(organizationListRoute, async ({ query: { limit, cursor } }) => {
    const rows = await store.read.organizations.list({ afterId: cursor, limit: limit + 1 });
    return { body: pageOf(rows, { limit, idOf: ({ id }) => id, toItem: toOrganizationBody }) };
  });
}
