// What a client's own reply queue can hold, whatever its client declares: it is a mailbox for answers, not a store. Set
// through the management API when there is one; deploy/rabbitmq/definitions.json is the same for those who have none.
import type { OperatorPolicy } from './broker-management.ts';

const minuteMs = 60_000;

export const replyQueuePolicyName = 'gateway-reply-queues';

export const replyQueuePolicy: OperatorPolicy = {
  pattern: '^reply\\.',
  'apply-to': 'queues',
  priority: 10,
  definition: {
    /** Gone when nobody has used it for so long. */
    expires: 30 * minuteMs,
    /** Longer than any request's deadline. */
    'message-ttl': 10 * minuteMs,
    'max-length': 10_000,
    'max-length-bytes': 64 * 1024 * 1024,
  },
};
