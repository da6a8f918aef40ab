import { accountListRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler } from '@cloud-gateway/messaging';
import type { ProvenAccount } from '@cloud-gateway/store';
import { pageOf } from '../page-of.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function accountList({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(accountListRoute, async ({ caller: { clientId }, query: { limit, cursor } }) => {
    const rows = await store.read.grants.listOf({ clientId, afterId: cursor, limit: limit + 1 });
    return { body: pageOf(rows, { limit, idOf: ({ accountId }) => accountId, toItem: toAccountBody }) };
  });
}

type AccountBody = HandlerAnswer<typeof accountListRoute>['body']['items'][number];

function toAccountBody({ accountId, provenAt, ...account }: ProvenAccount): AccountBody {
  return { id: accountId, ...account, provenAt: provenAt.toISOString() };
}
