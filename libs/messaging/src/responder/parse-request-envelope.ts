import { GatewayError, type RequestEnvelope, requestEnvelopeSchema } from '@cloud-gateway/contracts';
import { areHeaders } from '../wire/are-headers.ts';
import { issuesOf } from './validate-request.ts';

/** Throws `malformed-envelope` when a message's content is not a request envelope. */
export function parseRequestEnvelope(content: Buffer): RequestEnvelope {
  let json: unknown;
  try {
    json = JSON.parse(content.toString());
  } catch {
    throw new GatewayError('malformed-envelope', { message: 'The message is not JSON.' });
  }
  if (isCompleteEnvelope(json)) return json;
  const parsed = requestEnvelopeSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = issuesOf('envelope', parsed.error);
  const [first] = issues;
  throw new GatewayError('malformed-envelope', {
    message: `The message is JSON but not a request envelope: ${first?.path} ${first?.message}`,
    issues,
  });
}

/**
 * The schema's own conditions, for the usual case that nothing is left out: a third of what the schema takes. A test holds
 * the two together.
 */
export function isCompleteEnvelope(json: unknown): json is RequestEnvelope {
  const envelope = json as Partial<RequestEnvelope> | null;
  return (
    typeof envelope === 'object' &&
    envelope !== null &&
    envelope.version === 1 &&
    typeof envelope.method === 'string' &&
    methodPattern.test(envelope.method) &&
    typeof envelope.path === 'string' &&
    envelope.path.startsWith('/') &&
    typeof envelope.query === 'string' &&
    typeof envelope.body === 'string' &&
    (envelope.bodyEncoding === 'utf8' || envelope.bodyEncoding === 'base64') &&
    Number.isSafeInteger(envelope.deadlineAt) &&
    typeof envelope.peer?.address === 'string' &&
    areHeaders(envelope.headers)
  );
}

const methodPattern = /^[A-Z]+(-[A-Z]+)*$/;
