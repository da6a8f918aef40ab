// What an operator can do with dead letters: list them, send one again, throw one away.
import { GatewayError, topology } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import type { ConfirmChannel, GetMessage } from 'amqplib';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import { declareDeadLetters, declareExchanges } from '../connection/declare-topology.ts';
import { holdChannel } from '../connection/hold-channel.ts';
import { type DeadLetter, deadLetterContext, deadLetterSchema } from './dead-letter.ts';

export interface DeadLetterDesk {
  /** Oldest first, without their sealed content. */
  list(limit: number): Promise<Omit<DeadLetter, 'sealed'>[]>;
  /** Publishes the message again under its old id and removes the letter. Throws `not-found`. */
  requeue(messageId: string): Promise<void>;
  /** Removes the letter for good. Throws `not-found`. */
  discard(messageId: string): Promise<void>;
  close(): Promise<void>;
}

export interface DeadLetterDeskOptions {
  readonly connection: BrokerConnection;
  readonly log: Logger;
  readonly open: (sealed: string, context: string) => Promise<Buffer>;
}

export async function openDeadLetterDesk({
  connection,
  log,
  open,
}: DeadLetterDeskOptions): Promise<DeadLetterDesk> {
  const held = await holdChannel({
    connection,
    name: 'dead-letter desk',
    log,
    create: (model) => model.createConfirmChannel(),
    async prepare(channel) {
      await declareExchanges(channel);
      await declareDeadLetters(channel);
    },
  });

  function channelNow(): ConfirmChannel {
    const channel = held.current();
    if (!channel)
      throw new GatewayError('unavailable', { message: 'The message broker cannot be reached just now.' });
    return channel;
  }

  return {
    async list(limit) {
      const letters: Omit<DeadLetter, 'sealed'>[] = [];
      await visit(channelNow(), (letter) => {
        const { sealed: _sealed, ...readable } = letter;
        letters.push(readable);
        return letters.length >= limit ? 'stop' : 'keep';
      });
      return letters;
    },
    async requeue(messageId) {
      const publishing = channelNow();
      await removeOne(publishing, messageId, async (letter) => {
        const content = Buffer.from(
          (await open(letter.sealed, deadLetterContext(messageId))).toString(),
          'base64',
        );
        await confirmed(publishing, letter.routingKey, withoutDeadline(content), messageId);
      });
    },
    async discard(messageId) {
      await removeOne(channelNow(), messageId, () => Promise.resolve());
    },
    close: () => held.release(),
  };
}

async function removeOne(
  channel: ConfirmChannel,
  messageId: string,
  before: (letter: DeadLetter) => Promise<void>,
): Promise<void> {
  let found: DeadLetter | undefined;
  let foundMessage: GetMessage | undefined;
  await visit(channel, (letter, message) => {
    if (letter.messageId !== messageId) return 'keep';
    found = letter;
    foundMessage = message;
    return 'take';
  });
  if (!found || !foundMessage)
    throw new GatewayError('not-found', { message: `There is no dead letter ${messageId}.` });
  try {
    await before(found);
  } catch (err) {
    channel.nack(foundMessage, false, true);
    throw err;
  }
  channel.ack(foundMessage);
}

/** Looks at letters one by one; those not taken go back to the queue when the visit is over. */
async function visit(
  channel: ConfirmChannel,
  look: (letter: DeadLetter, message: GetMessage) => 'keep' | 'take' | 'stop',
): Promise<void> {
  const kept: GetMessage[] = [];
  try {
    for (;;) {
      const message = await channel.get(topology.deadLetterQueue);
      if (!message) return;
      const letter = deadLetterSchema.safeParse(JSON.parse(message.content.toString()));
      const verdict = letter.success ? look(letter.data, message) : 'keep';
      if (verdict === 'take') return;
      kept.push(message);
      if (verdict === 'stop') return;
    }
  } finally {
    for (const message of kept) channel.nack(message, false, true);
  }
}

// Its deadline is long over; the operator's wish is a new one, and nobody waits for the answer.
function withoutDeadline(content: Buffer): Buffer {
  const envelope: Record<string, unknown> = JSON.parse(content.toString());
  delete envelope['deadlineAt'];
  return Buffer.from(JSON.stringify(envelope));
}

async function confirmed(
  channel: ConfirmChannel,
  routingKey: string,
  content: Buffer,
  messageId: string,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    channel.publish(
      topology.requestsExchange,
      routingKey,
      content,
      { persistent: true, messageId, contentType: 'application/json' },
      (err: Error | null) => (err ? reject(err) : resolve()),
    );
  });
}
