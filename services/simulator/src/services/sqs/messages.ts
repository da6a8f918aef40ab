// SQS's actions on messages: first in, first out, and a message that was received stays until it is deleted.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineOperation, type Operation } from '../../operation.ts';
import { newRequestId } from '../../random-source.ts';
import { findQueue } from './queues-state.ts';

const service = 'sqs';
const ofQueue = z.object({ QueueUrl: z.string() });

const sendMessage = defineOperation({
  service,
  name: 'SendMessage',
  input: ofQueue.extend({ MessageBody: z.string().min(1) }),
  handle({ QueueUrl, MessageBody }, call) {
    const message = { id: newRequestId(call.random), body: MessageBody };
    findQueue(QueueUrl, call).messages.push(message);
    return { MessageId: message.id, MD5OfMessageBody: md5(MessageBody) };
  },
});

const receiveMessage = defineOperation({
  service,
  name: 'ReceiveMessage',
  input: ofQueue.extend({ MaxNumberOfMessages: z.int().min(1).max(10).default(1) }),
  handle: ({ QueueUrl, MaxNumberOfMessages }, call) => ({
    Messages: findQueue(QueueUrl, call)
      .messages.slice(0, MaxNumberOfMessages)
      .map(({ id, body }) => ({ MessageId: id, ReceiptHandle: id, Body: body, MD5OfBody: md5(body) })),
  }),
});

const deleteMessage = defineOperation({
  service,
  name: 'DeleteMessage',
  input: ofQueue.extend({ ReceiptHandle: z.string() }),
  handle({ QueueUrl, ReceiptHandle }, call) {
    const { messages } = findQueue(QueueUrl, call);
    const at = messages.findIndex(({ id }) => id === ReceiptHandle);
    if (at >= 0) messages.splice(at, 1);
    return {};
  },
});

/** SQS says MD5, and its clients check it. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

export const messages: readonly Operation[] = [sendMessage, receiveMessage, deleteMessage];
