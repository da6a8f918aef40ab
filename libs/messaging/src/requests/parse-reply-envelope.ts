import { type ReplyEnvelope, replyEnvelopeSchema } from '@cloud-gateway/contracts';

/** Undefined when the content is not a reply envelope. */
export function parseReplyEnvelope(content: Buffer): ReplyEnvelope | undefined {
  try {
    return replyEnvelopeSchema.parse(JSON.parse(content.toString()));
  } catch {
    return undefined;
  }
}
