// A message that could not be handled, kept for an operator. Its content is sealed, because it may hold a token or a
// secret; what an operator needs to decide is readable.
import { z } from 'zod';

export const deadLetterSchema = z.object({
  version: z.literal(1),
  messageId: z.string(),
  service: z.string(),
  routingKey: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
  deliveries: z.int(),
  /** The content, sealed under the context `dead-letter:<messageId>`. */
  sealed: z.string(),
});

export type DeadLetter = z.infer<typeof deadLetterSchema>;

export function deadLetterContext(messageId: string): string {
  return `dead-letter:${messageId}`;
}
