import { cloudIdOf } from '@cloud-gateway/clouds';
import { GatewayError, pollingListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toPollUnitBody } from '../poll-unit-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** The units of polling of the caller's accounts, and of what their clouds publish. */
export function pollingList({ store, access }: Pick<HandlerDeps, 'store' | 'access'>): Handler {
  return handler(pollingListRoute, async ({ caller, query }) => {
    const { cloud, account, state, limit, cursor } = query;
    if (account !== undefined) await access.checkReadableId(caller, account);
    const accountIds = account === undefined ? await access.readable(caller) : [account];
    // One more than asked for tells whether there is a next page.
    const units = await store.read.pollUnits.listFor({
      accountIds,
      cloud: cloud === undefined ? undefined : cloudIdOf(cloud),
      state,
      afterId: cursor === undefined ? undefined : readCursor(cursor),
      limit: limit + 1,
    });
    const items = units.slice(0, limit);
    const last = units.length > limit ? items.at(-1) : undefined;
    return { body: { items: items.map(toPollUnitBody), nextCursor: last ? String(last.id) : null } };
  });
}

function readCursor(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor);
  throw new GatewayError('validation-failed', {
    message: 'The cursor is not one that this list gave',
    issues: [{ path: 'query.cursor', message: 'must be nextCursor of the page before' }],
  });
}
