// Subscriptions in memory with real queues: what services/subscriptions does, without its care.
import {
  GatewayError,
  type OutgoingEvent,
  subscriptionCreateRoute,
  subscriptionDestroyRoute,
  subscriptionShowRoute,
  topology,
} from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler, type SubscriptionQueues } from '@cloud-gateway/messaging';

type Made = HandlerAnswer<typeof subscriptionCreateRoute>['body'];

export interface TestSubscriptions {
  readonly handlers: readonly Handler[];
  /** Ids of those that are there now. */
  readonly ids: readonly string[];
  /** Delivers events with these ids. */
  put(subscriptionId: string, ids: readonly string[]): Promise<void>;
  /** Delivers a message with this text. */
  putRaw(subscriptionId: string, payload: string): Promise<void>;
  /** Messages that wait in a queue. */
  waiting(queue: string): Promise<number | undefined>;
  /** Ends it, as its client could from elsewhere. */
  remove(subscriptionId: string): Promise<void>;
}

export function createTestSubscriptions({
  queues,
  clientId,
  brokerUrl,
}: {
  queues: SubscriptionQueues;
  clientId: string;
  brokerUrl: string;
}): TestSubscriptions {
  const made = new Map<string, Made>();
  const publicUrl = new URL(brokerUrl);
  publicUrl.username = '';
  publicUrl.password = '';

  function found(id: string): Made {
    const subscription = made.get(id);
    if (!subscription) throw new GatewayError('not-found', { message: `There is no subscription ${id}.` });
    return subscription;
  }

  async function remove(id: string): Promise<void> {
    await queues.remove(topology.subscriptionQueue(clientId, id));
    made.delete(id);
  }

  const handlers = [
    handler(subscriptionCreateRoute, async ({ body, requestId }) => {
      const { name = null, from: _from, delivery, ...filter } = body;
      const id = `sub_${requestId}`;
      const queue = topology.subscriptionQueue(clientId, id);
      await queues.declare({ queue, subscriptionId: id, delivery });
      const isStream = delivery.kind === 'stream';
      const subscription: Made = {
        id,
        name,
        clientId,
        state: 'active',
        filter,
        accounts: [],
        delivery,
        connect:
          delivery.kind === 'webhook'
            ? null
            : {
                url: publicUrl.href,
                username: clientId,
                queue,
                deadLetterQueue: isStream ? null : topology.subscriptionDeadLetterQueue(queue),
                consumeArguments: isStream ? { 'x-stream-offset': 'first' } : {},
                prefetch: 50,
              },
        lag: null,
        dropped: { count: 0, lastAt: null },
        createdAt: new Date(0).toISOString(),
      };
      made.set(id, subscription);
      return { body: subscription };
    }),
    handler(subscriptionShowRoute, ({ params }) => Promise.resolve({ body: found(params.subscription) })),
    handler(subscriptionDestroyRoute, async ({ params }) => {
      const { id } = found(params.subscription);
      await remove(id);
      return { body: { id } };
    }),
  ];

  return {
    handlers,
    get ids() {
      return [...made.keys()];
    },
    put: (id, ids) => queues.put(topology.subscriptionQueue(clientId, id), ids.map(eventNamed)),
    putRaw: (id, payload) =>
      queues.put(topology.subscriptionQueue(clientId, id), [{ ...eventNamed('raw'), payload }]),
    waiting: async (queue) => (await queues.inspect(queue))?.ready,
    remove,
  };
}

function eventNamed(id: string): OutgoingEvent {
  const event = {
    schemaVersion: '1.0',
    id,
    subject: 'account.proven',
    scope: 'org_1',
    at: new Date(0).toISOString(),
    details: { clientId: 'cli_1', account: 'ec2-1' },
  };
  return {
    id,
    routingKey: 'v1.gateway.org_1.global.account.proven.none',
    type: 'account.proven',
    source: '/v1',
    subject: id,
    time: event.at,
    payload: JSON.stringify(event),
  };
}
