import { replyEnvelopeSchema } from '@cloud-gateway/contracts';
import type { TransportAnswer } from './transport.ts';

/** Undefined when the content is not a reply envelope. */
export function readReply(content: Buffer): TransportAnswer | undefined {
  const parsed = replyEnvelopeSchema.safeParse(parseJson(content));
  if (!parsed.success) return undefined;
  const { status, headers, body, bodyEncoding } = parsed.data;
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
    ),
    body: bodyEncoding === 'base64' ? Buffer.from(body, 'base64').toString() : body,
  };
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}
