// What the queue of a subscription is declared with. Pure. A queue is declared with the same arguments for ever: the
// broker refuses others, so a change here concerns new subscriptions only.
import { type SubscriptionDelivery, topology } from '@cloud-gateway/contracts';

type QueueArguments = Readonly<Record<string, string | number | boolean>>;

/** https://www.rabbitmq.com/docs/quorum-queues and /streams (3.10). */
export function subscriptionQueueArguments(
  subscriptionId: string,
  delivery: SubscriptionDelivery,
): QueueArguments {
  switch (delivery.kind) {
    case 'queue':
      return { ...quorumArguments(subscriptionId, delivery), 'x-delivery-limit': deliveriesMax };
    case 'webhook':
      // Several processes may consume it; one of them at a time gets the events, so that they stay in order.
      return {
        ...quorumArguments(subscriptionId, delivery),
        'x-single-active-consumer': true,
        'x-delivery-limit': webhookDeliveriesMax,
      };
    case 'stream':
      return {
        'x-queue-type': 'stream',
        'x-max-length-bytes': delivery.bytesMax,
        'x-max-age': `${delivery.ageMaxSeconds}s`,
        'x-stream-max-segment-size-bytes': segmentBytes(delivery.bytesMax),
      };
  }
}

/** Of what a subscriber rejects, or what was dropped: the newest, as long as the events themselves would wait. */
export function deadLetterQueueArguments(delivery: { readonly ageMaxSeconds: number }): QueueArguments {
  return { 'x-max-length': deadLettersMax, 'x-message-ttl': delivery.ageMaxSeconds * 1000 };
}

/** Of what all subscriptions dropped, until it is counted. When it is full it keeps the oldest: those tell since when. */
export const droppedQueueArguments: QueueArguments = {
  // One process counts at a time; when it goes, the broker gives the queue to the next.
  'x-single-active-consumer': true,
  'x-max-length': 500_000,
  'x-max-length-bytes': 2_000_000_000,
  'x-overflow': 'reject-publish',
};

// A consumer that dies of an event gets it so often; then it is its dead letter. Restarts of the broker count too.
const deliveriesMax = 50;
// What is posted how often is the webhook's business; RabbitMQ 4 gives up after 20 deliveries unless it is told otherwise.
const webhookDeliveriesMax = 1_000_000;
const deadLettersMax = 10_000;

function quorumArguments(
  subscriptionId: string,
  { lengthMax, ageMaxSeconds }: { readonly lengthMax: number; readonly ageMaxSeconds: number },
): QueueArguments {
  return {
    'x-queue-type': 'quorum',
    'x-max-length': lengthMax,
    'x-message-ttl': ageMaxSeconds * 1000,
    'x-overflow': 'drop-head',
    'x-dead-letter-exchange': topology.droppedExchange,
    'x-dead-letter-routing-key': subscriptionId,
  };
}

/** A stream forgets whole segments: small ones, so that it comes near its limit, but not too many files. */
function segmentBytes(bytesMax: number): number {
  return Math.min(500_000_000, Math.max(100_000, Math.floor(bytesMax / 20)));
}
