// Publisher confirms, counted per channel and not per message: the broker confirms most messages together, and who
// publishes a list only wants to know when all of it is confirmed.
import type { ConfirmChannel } from 'amqplib';

export interface Confirms {
  /** Counts `count` messages as published. Resolves when they, and all before them, are confirmed. */
  next(count: number): Promise<void>;
}

/**
 * For a channel in confirm mode on which nothing was published yet; every message on it must be counted, in order.
 * Rejects what is under way when the broker refuses a message of it, and everything when the channel is closed.
 */
export function watchConfirms(channel: Pick<ConfirmChannel, 'on' | 'once'>): Confirms {
  /** All tags below are settled; some above may be too. */
  let lowest = 1;
  let published = 0;
  let closed = false;
  const settledAbove = new Set<number>();
  const waiting: Waiting[] = [];

  function settle({ deliveryTag, multiple }: Confirm): void {
    if (multiple) lowest = Math.max(lowest, deliveryTag + 1);
    else if (deliveryTag === lowest) lowest += 1;
    else settledAbove.add(deliveryTag);
    while (settledAbove.delete(lowest)) lowest += 1;
    while (waiting[0] !== undefined && waiting[0].last < lowest) waiting.shift()?.resolve();
  }

  function refuse(confirm: Confirm): void {
    const from = confirm.multiple ? lowest : confirm.deliveryTag;
    const isRefused = ({ first, last }: Waiting) => first <= confirm.deliveryTag && last >= from;
    for (const one of waiting.filter(isRefused)) {
      waiting.splice(waiting.indexOf(one), 1);
      one.reject(new Error('the broker has refused a message'));
    }
    settle(confirm);
  }

  channel.on('ack', settle);
  channel.on('nack', refuse);
  channel.once('close', () => {
    closed = true;
    for (const one of waiting.splice(0)) one.reject(closedError());
  });

  return {
    async next(count) {
      if (closed) throw closedError();
      if (count === 0) return;
      const first = published + 1;
      published += count;
      await new Promise<void>((resolve, reject) => {
        waiting.push({ first, last: published, resolve, reject });
      });
    },
  };
}

interface Confirm {
  readonly deliveryTag: number;
  readonly multiple: boolean;
}

interface Waiting {
  readonly first: number;
  readonly last: number;
  readonly resolve: () => void;
  readonly reject: (err: Error) => void;
}

function closedError(): Error {
  return new Error('the channel is closed');
}
