// A subscriber of the events about the gateway itself, as docs/events.md describes it.
import { type AdministrativeEvent, administrativeEventSchema } from '@cloud-gateway/contracts';
import { subscribeToEvents } from '@cloud-gateway/test-support';

export interface Subscription {
  /** In the order of arrival, each once. */
  readonly arrived: readonly AdministrativeEvent[];
  close(): Promise<void>;
}

export async function subscribe(amqpUrl: string, binding: string): Promise<Subscription> {
  const events = await subscribeToEvents(amqpUrl, binding);
  return {
    get arrived() {
      return events.arrived.map(({ payload }) => administrativeEventSchema.parse(payload));
    },
    close: () => events.close(),
  };
}
