import { type ReplyEnvelope, replyEnvelopeSchema } from '@cloud-gateway/contracts';
import { areHeaders } from '../wire/are-headers.ts';

/** Undefined when the content is not a reply envelope. */
export function parseReplyEnvelope(content: Buffer): ReplyEnvelope | undefined {
  try {
    const json: unknown = JSON.parse(content.toString());
    return isCompleteReply(json) ? json : replyEnvelopeSchema.parse(json);
  } catch {
    return undefined;
  }
}

/** The schema's own conditions, for the usual case that nothing is left out. A test holds the two together. */
export function isCompleteReply(json: unknown): json is ReplyEnvelope {
  const reply = json as Partial<ReplyEnvelope> | null;
  return (
    typeof reply === 'object' &&
    reply !== null &&
    reply.version === 1 &&
    Number.isInteger(reply.status) &&
    Number(reply.status) >= 100 &&
    Number(reply.status) <= 599 &&
    typeof reply.body === 'string' &&
    (reply.bodyEncoding === 'utf8' || reply.bodyEncoding === 'base64') &&
    areHeaders(reply.headers)
  );
}
