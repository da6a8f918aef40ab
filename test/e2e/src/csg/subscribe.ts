// A subscriber of the events about the gateway itself, as docs/events.md describes it.
import { type AdministrativeEvent, administrativeEventSchema } from '@cloud-gateway/contracts';
import { captureLogLine } from '@cloud-gateway/test-support';
import { connect } from 'amqplib';

export interface Subscription {
  /** In the order of arrival, each once. */
  readonly arrived: readonly AdministrativeEvent[];
  close(): Promise<void>;
}

export async function subscribe(amqpUrl: string, binding: string): Promise<Subscription> {
  const model = await connect(amqpUrl);
  const channel = await model.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, 'gateway.events', binding);
  const arrived = new Map<string, AdministrativeEvent>();
  await channel.consume(
    queue,
    (message) => {
      if (!message) return;
      const text = message.content.toString();
      captureLogLine('e2e-events', text);
      const event = administrativeEventSchema.parse(JSON.parse(text));
      if (!arrived.has(event.id)) arrived.set(event.id, event);
    },
    { noAck: true },
  );
  return {
    get arrived() {
      return [...arrived.values()];
    },
    close: () => model.close(),
  };
}
