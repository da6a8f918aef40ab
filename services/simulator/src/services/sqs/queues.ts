// SQS's actions on queues.
import { z } from 'zod';
import { defineOperation, type Operation } from '../../operation.ts';
import { findQueue, queuesOf, urlOf } from './queues-state.ts';

const service = 'sqs';
const queueName = z.string().regex(/^[\w-]{1,80}(\.fifo)?$/, 'must be 1 to 80 letters, digits, _ or -');

const createQueue = defineOperation({
  service,
  name: 'CreateQueue',
  input: z.object({ QueueName: queueName }),
  handle({ QueueName }, call) {
    const queues = queuesOf(call);
    const queue = queues.get(QueueName) ?? { name: QueueName, messages: [] };
    queues.set(QueueName, queue);
    return { QueueUrl: urlOf(queue, call) };
  },
});

const listQueues = defineOperation({
  service,
  name: 'ListQueues',
  input: z.object({ QueueNamePrefix: z.string().default('') }),
  handle: ({ QueueNamePrefix }, call) => ({
    QueueUrls: [...queuesOf(call).values()]
      .filter(({ name }) => name.startsWith(QueueNamePrefix))
      .map((queue) => urlOf(queue, call)),
  }),
});

const getQueueUrl = defineOperation({
  service,
  name: 'GetQueueUrl',
  input: z.object({ QueueName: z.string() }),
  handle: ({ QueueName }, call) => ({ QueueUrl: urlOf(findQueue(QueueName, call), call) }),
});

const deleteQueue = defineOperation({
  service,
  name: 'DeleteQueue',
  input: z.object({ QueueUrl: z.string() }),
  handle({ QueueUrl }, call) {
    queuesOf(call).delete(findQueue(QueueUrl, call).name);
    return {};
  },
});

export const queues: readonly Operation[] = [createQueue, listQueues, getQueueUrl, deleteQueue];
