import { topology } from '@cloud-gateway/contracts';
import { captureLogLine } from '@cloud-gateway/test-support';
import { withConnection } from './event-queue.ts';

/** Captures every dead letter, as it lies on the broker, for the search for secrets; returns how many there are. */
export async function captureDeadLetters(amqpUrl: string): Promise<number> {
  return withConnection(amqpUrl, async (model) => {
    const channel = await model.createChannel();
    let count = 0;
    for (;;) {
      const letter = await channel.get(topology.deadLetterQueue);
      if (!letter) break;
      count += 1;
      captureLogLine('dead-letters', `${JSON.stringify(letter.properties)} ${letter.content.toString()}`);
    }
    await channel.close(); // What was not acknowledged goes back.
    return count;
  });
}
