// The answer to a refused call, in the shape of the protocol that the client speaks: each SDK reads only its own, and
// makes a parse error of any other. The Date header is always there, because the SDK for JavaScript sets its clock by it.
import type { ErrorProtocol } from '@cloud-gateway/aws-services';
import { cborErrorBody, ec2ErrorBody, jsonErrorBody, queryErrorBody, s3ErrorBody } from './error-body.ts';
import { codeFor } from './error-codes.ts';
import type { Refusal } from './refusal.ts';
import { refusalRows } from './refusal-rows.ts';

export interface RefusalResponseInput {
  readonly refusal: Refusal;
  readonly protocol: ErrorProtocol;
  /** The request had `x-amzn-query-mode: true`: its client still knows the codes of the query protocol. */
  readonly isQueryMode: boolean;
  readonly method: string;
  /** Ours; clients show it with the error. */
  readonly requestId: string;
  readonly nowMs: number;
  /** The connection cannot go on after this answer, for example because a body was not read to its end. */
  readonly closes: boolean;
}

export interface RefusalResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty in answer to HEAD. */
  readonly body: Buffer;
}

export function refusalResponse(input: RefusalResponseInput): RefusalResponse {
  const { refusal, protocol, method, nowMs, closes } = input;
  const [code, status] = codeFor(refusalRows[refusal.kind].codes, protocol);
  const body = method === 'HEAD' ? Buffer.alloc(0) : errorBody(input, code);
  return {
    status,
    headers: [
      ['Date', new Date(nowMs).toUTCString()],
      ...(body.length > 0 ? [['Content-Type', contentTypes[protocol]] as const] : []),
      ['Content-Length', String(body.length)],
      ...protocolHeaders(input, code),
      ...(closes ? [['Connection', 'close'] as const] : []),
    ],
    body,
  };
}

const contentTypes: Readonly<Record<ErrorProtocol, string>> = {
  s3: 'application/xml',
  'rest-xml': 'text/xml',
  query: 'text/xml',
  ec2: 'text/xml;charset=UTF-8',
  'json-1.0': 'application/x-amz-json-1.0',
  'json-1.1': 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
  cbor: 'application/cbor',
};

function protocolHeaders(
  { refusal, protocol, isQueryMode, requestId }: RefusalResponseInput,
  code: string,
): (readonly [string, string])[] {
  if (protocol === 's3') {
    return [
      ['x-amz-request-id', requestId],
      ['x-amz-id-2', hostIdOf(requestId)],
    ];
  }
  const headers: (readonly [string, string])[] = [['x-amzn-requestid', requestId]];
  if (protocol === 'rest-json') headers.push(['x-amzn-errortype', code]);
  if (protocol === 'cbor') headers.push(['smithy-protocol', 'rpc-v2-cbor']);
  if (isQueryMode && (protocol === 'json-1.0' || protocol === 'json-1.1' || protocol === 'cbor')) {
    const [queryCode] = refusalRows[refusal.kind].codes.query;
    headers.push(['x-amzn-query-error', `${queryCode};${faultOf(refusal)}`]);
  }
  return headers;
}

function errorBody({ refusal, protocol, requestId, nowMs }: RefusalResponseInput, code: string): Buffer {
  const { message } = refusal;
  switch (protocol) {
    case 's3':
      return s3ErrorBody({ code, message, requestId, hostId: hostIdOf(requestId), nowMs });
    case 'query':
    case 'rest-xml':
      return queryErrorBody({ code, message, requestId, fault: faultOf(refusal) });
    case 'ec2':
      return ec2ErrorBody({ code, message, requestId });
    case 'json-1.0':
    case 'json-1.1':
    case 'rest-json':
      return jsonErrorBody({ code, message });
    case 'cbor':
      return cborErrorBody({ code, message });
  }
}

function faultOf({ kind }: Refusal): 'Sender' | 'Receiver' {
  return refusalRows[kind].fault === 'client' ? 'Sender' : 'Receiver';
}

/** S3's second id, which means nothing to a client; ours leads back to the first. */
function hostIdOf(requestId: string): string {
  return Buffer.from(requestId, 'utf8').toString('base64');
}
