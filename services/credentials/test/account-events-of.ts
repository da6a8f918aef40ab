import { type AdministrativeEvent, administrativeEventSchema } from '@cloud-gateway/contracts';
import type { Store } from '@cloud-gateway/store';

/** The events that tell which accounts a client has proven and given up, in their order. */
export async function accountEventsOf(
  store: Pick<Store, 'read'>,
  clientId: string,
): Promise<AdministrativeEvent[]> {
  const waiting = await store.read.outbox.listWaiting(10_000);
  return waiting
    .map(({ payload }) => administrativeEventSchema.parse(JSON.parse(payload)))
    .filter(({ subject, details }) => {
      return subject.startsWith('account.') && 'clientId' in details && details.clientId === clientId;
    });
}
