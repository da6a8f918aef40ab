import type { EventStream } from '@cloud-gateway/client';
import type { TourDeps } from '../tour-deps.ts';
import { type EventWatch, watchEvents } from '../watch-events.ts';

/** A queue of the client's own at the broker, which nobody else can read; it is removed at the end. */
export async function subscribe({
  api,
  account,
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & { account: string }): Promise<EventWatch> {
  tell.step('subscribe', 'Subscribe to its events: POST /v1/subscriptions, and AMQP with the same token');
  const stream: EventStream = api.events({ name: 'demo', accounts: [account], types: ['instance'] });
  const { id, connect, accounts } = await stream.ready();
  tell.line(`${id}: the queue ${connect?.queue} at ${connect?.url}`);
  const [bound] = accounts;
  tell.line(`it gets every change of an instance of ${bound?.account} after sequence ${bound?.sequence}`);
  tell.done({ subscription: id, queue: connect?.queue, accounts });
  return watchEvents(stream, tell);
}
