// AWS JSON 1.0 and 1.1: POST /, the action in X-Amz-Target, documents in and out.
import { crc32, gunzipSync } from 'node:zlib';
import type { RequestHead } from '@cloud-gateway/sigv4';
import { AwsError } from '../aws-error.ts';
import { refuseJson } from '../identity/auth-refusal.ts';
import { findOperation } from '../operations.ts';
import { headerOf } from '../raw-headers.ts';
import { serviceFacts } from '../service-name.ts';
import { writeJson } from './json-document.ts';
import {
  type ErrorContext,
  type Invocation,
  impossible,
  type Protocol,
  type ReceivedRequest,
} from './protocol.ts';
import type { Reply } from './reply.ts';
import { runOperation } from './run-operation.ts';

/** What a compressed body may unfold to. */
const unpackedBytesMax = 67_108_864;

export const jsonProtocol: Protocol = {
  takesBodyInPieces: false,
  understand,
  writeError,
  refuse: (refusal) => refuseJson(refusal, 400),
  throttled: () => new AwsError('ThrottlingException', 'Rate exceeded', { queryCode: 'Throttling' }),
};

function understand({ service, head, body }: ReceivedRequest): Invocation {
  const [target, name = ''] = (headerOf(head.headers, 'x-amz-target') ?? '').split('.');
  const operation = target === serviceFacts[service].json?.target ? findOperation(service, name) : undefined;
  if (!operation) return impossible(name, new AwsError('UnknownOperationException', ''));
  return {
    action: name,
    run(call) {
      const document = runOperation(operation, readDocument(head, body), call);
      return reply(200, writeJson(document), { service, requestId: call.requestId, head });
    },
  };
}

function readDocument(head: RequestHead, body: Buffer): unknown {
  try {
    const packed = headerOf(head.headers, 'content-encoding')?.toLowerCase() === 'gzip';
    const plain = packed ? gunzipSync(body, { maxOutputLength: unpackedBytesMax }) : body;
    return JSON.parse(plain.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The body is not a JSON document.');
  }
}

function writeError(error: AwsError, context: ErrorContext): Reply {
  const document = { __type: error.code, message: error.message };
  const answer = reply(error.status, JSON.stringify(document), context);
  // Who came from the query protocol asks for the codes of that time: SQS and CloudWatch.
  const asksForQueryCode = headerOf(context.head.headers, 'x-amzn-query-mode')?.toLowerCase() === 'true';
  const fault = error.status >= 500 ? 'Receiver' : 'Sender';
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...error.headers,
      ...(asksForQueryCode && { 'x-amzn-query-error': `${error.queryCode ?? error.code};${fault}` }),
    },
  };
}

function reply(status: number, body: string, { service, requestId, head }: ErrorContext): Reply {
  const version = serviceFacts[service].json?.version ?? claimedVersion(head);
  return {
    status,
    contentType: `application/x-amz-json-${version}`,
    headers: {
      'x-amzn-requestid': requestId,
      // Only DynamoDB does; its clients check it.
      ...(service === 'dynamodb' && { 'x-amz-crc32': String(crc32(body)) }),
    },
    body,
  };
}

function claimedVersion(head: RequestHead): string {
  return headerOf(head.headers, 'content-type')?.includes('-1.0') ? '1.0' : '1.1';
}
