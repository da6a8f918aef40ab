// The answer to a request envelope; correlation_id is the request's message_id.
import { z } from 'zod';
import { headersSchema } from './request-envelope.ts';

export const replyEnvelopeSchema = z
  .object({
    version: z.literal(1),
    status: z.int().min(100).max(599),
    headers: headersSchema.default({}),
    body: z.string().default(''),
    bodyEncoding: z.enum(['utf8', 'base64']).default('utf8'),
  })
  .meta({ id: 'ReplyEnvelope' });

export type ReplyEnvelope = z.infer<typeof replyEnvelopeSchema>;
