// Acknowledges reads once per turn of the event loop: one `multiple` acknowledgement for everything settled without a
// gap, which keeps at-least-once and saves a frame per message.
import type { ChannelWriter } from '../wire/channel-writer.ts';

export interface AckBatch {
  /** To be called for each delivery, in order of arrival. */
  delivered(deliveryTag: number): void;
  /** The request is finished; it may be acknowledged. */
  settled(deliveryTag: number): void;
}

export function createAckBatch(writer: Pick<ChannelWriter, 'ack'>): AckBatch {
  /** Delivery tags in order, oldest first, until acknowledged. */
  const waiting: number[] = [];
  const done = new Set<number>();
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    let count = 0;
    while (count < waiting.length && done.delete(waiting[count] as number)) count++;
    const [last] = waiting.splice(0, count).slice(-1);
    try {
      if (last !== undefined) writer.ack(last, true);
      // One slow request must not hold back the many behind it: their window would close.
      if (done.size >= stragglersMax) acknowledgeStragglers();
    } catch {
      // The channel is gone; the broker delivers all of these again.
    }
  }

  function acknowledgeStragglers(): void {
    for (const deliveryTag of done) writer.ack(deliveryTag, false);
    const rest = waiting.filter((deliveryTag) => !done.has(deliveryTag));
    waiting.length = 0;
    waiting.push(...rest);
    done.clear();
  }

  return {
    delivered: (deliveryTag) => {
      waiting.push(deliveryTag);
    },
    settled: (deliveryTag) => {
      done.add(deliveryTag);
      if (scheduled) return;
      scheduled = true;
      // After the answers of this turn, and into the same write as they.
      process.nextTick(flush);
    },
  };
}

const stragglersMax = 100;
