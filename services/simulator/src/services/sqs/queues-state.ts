// SQS queues and the messages in them.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { StateKind } from '../../states.ts';

export interface Queue {
  readonly name: string;
  /** Oldest first. */
  readonly messages: { readonly id: string; readonly body: string }[];
}

const state: StateKind<Map<string, Queue>> = { name: 'queues', reach: 'region', create: () => new Map() };

export function queuesOf(call: Call): Map<string, Queue> {
  return call.stateOf(state);
}

/** `name` may be a queue's URL. */
export function findQueue(name: string, call: Call): Queue {
  const queue = queuesOf(call).get(name.split('/').at(-1) ?? '');
  if (queue) return queue;
  throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.', {
    queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
  });
}

/** At the host the caller knows us by: clients call a queue where its URL says it is. */
export function urlOf({ name }: Queue, { host, accountId, config }: Call): string {
  const scheme = config.tls || host.includes('amazonaws.com') ? 'https' : 'http';
  return `${scheme}://${host}/${accountId}/${name}`;
}
