import type { ReplyEnvelope } from '@cloud-gateway/contracts';
import type { FastifyReply } from 'fastify';

/** The handler's answer as it is, but for the fields that belong to one connection only (RFC 9110 7.6.1). */
export function sendReply(reply: FastifyReply, envelope: ReplyEnvelope, requestId: string): void {
  reply.code(envelope.status);
  for (const name in envelope.headers) {
    if (!connectionFields.has(name)) reply.header(name, envelope.headers[name]);
  }
  reply.header('x-request-id', requestId);
  const isText = envelope.bodyEncoding === 'utf8';
  reply.send(isText ? envelope.body : Buffer.from(envelope.body, 'base64'));
}

const connectionFields = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
