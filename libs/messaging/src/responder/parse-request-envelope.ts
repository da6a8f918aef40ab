import { GatewayError, type RequestEnvelope, requestEnvelopeSchema } from '@cloud-gateway/contracts';
import { issuesOf } from './validate-request.ts';

/** Throws `malformed-envelope` when a message's content is not a request envelope. */
export function parseRequestEnvelope(content: Buffer): RequestEnvelope {
  let json: unknown;
  try {
    json = JSON.parse(content.toString());
  } catch {
    throw new GatewayError('malformed-envelope', { message: 'The message is not JSON.' });
  }
  const parsed = requestEnvelopeSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = issuesOf('envelope', parsed.error);
  throw new GatewayError('malformed-envelope', {
    message:
      `The message is JSON but not a request envelope: ${issues[0]?.path ?? 'envelope'} ${issues[0]?.message ?? ''}`.trimEnd(),
    issues,
  });
}
