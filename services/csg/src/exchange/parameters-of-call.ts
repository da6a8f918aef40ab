import type { Operation } from '@cloud-gateway/aws-services';
import type { ParsedSignature } from '@cloud-gateway/sigv4';
import type { RequestHead } from '../http1/parse-request-head.ts';
import { type CallParameters, callParameters } from '../policies/call-parameters.ts';
import type { TakenBody } from './take-body.ts';

export interface ParametersInput {
  readonly head: RequestHead;
  readonly parsed: ParsedSignature;
  readonly named: Operation;
  /** S3: the bucket in the host. */
  readonly bucket: string | undefined;
  readonly body: TakenBody;
}

/** The parameters of a call for the rules that look at names; undefined when its body is not in memory. */
export function parametersOfCall(input: ParametersInput): CallParameters | undefined {
  const { head, parsed, named, bucket, body } = input;
  if (body.kind === 'file' || body.kind === 'stream') return undefined;
  return callParameters({
    protocol: named.service === 's3' ? 's3' : named.protocol,
    service: named.service,
    target: head.target,
    bucket,
    contentEncoding: parsed.headers.get('content-encoding')?.join(', '),
    body: body.kind === 'memory' ? body.bytes : Buffer.alloc(0),
  });
}
