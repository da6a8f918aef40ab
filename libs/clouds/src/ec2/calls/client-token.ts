import { createHash } from 'node:crypto';

/**
 * What EC2 knows a repetition by, where it has such a thing. It takes 64 ASCII characters at the most; what a client
 * sends may be longer and anything.
 */
export function clientToken(idempotencyToken: string): string {
  return createHash('sha256').update(idempotencyToken).digest('hex');
}
