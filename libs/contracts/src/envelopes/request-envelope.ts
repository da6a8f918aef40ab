// The whole HTTP request as one JSON document: the payload of every message on `gateway.requests`. AMQP properties
// carry routing only (message_id, reply_to, expiration); everything that a handler looks at is in here.
import { z } from 'zod';

export const headersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export const requestEnvelopeSchema = z
  .object({
    version: z.literal(1),
    method: z.string().regex(/^[A-Z]+(-[A-Z]+)*$/, 'must be an HTTP method in capitals'),
    path: z.string().startsWith('/').describe('As sent, percent-encoding kept, without the query.'),
    query: z.string().default('').describe('As sent, without the question mark.'),
    headers: headersSchema
      .default({})
      .describe('Names in lower case; a list where a name was sent repeatedly.'),
    body: z.string().default(''),
    bodyEncoding: z
      .enum(['utf8', 'base64'])
      .default('utf8')
      .describe('base64 when the body is not valid UTF-8 text.'),
    peer: z.object({ address: z.string() }).optional().describe('Who connected to the edge.'),
    deadlineAt: z
      .int()
      .optional()
      .describe('Milliseconds since 1970. After it nobody waits for the answer, and no effect is begun.'),
  })
  .meta({ id: 'RequestEnvelope' });

export type RequestEnvelope = z.infer<typeof requestEnvelopeSchema>;
export type Headers = z.infer<typeof headersSchema>;
