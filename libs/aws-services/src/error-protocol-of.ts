// In which shape a client can read an error. A wrong one is worse than none: an SDK that cannot parse the answer reports
// its own parser instead of our refusal.
import { type AwsRequest, candidatesOf, soleValue } from './aws-request.ts';
import type { Protocol } from './aws-service.ts';
import type { ServiceRecord } from './catalogue.ts';
import { parseTarget, type RequestTarget } from './request-target.ts';
import { restOperation } from './rest-operation.ts';

/** `s3` is rest-xml with `<Error>` as its root and without `<ErrorResponse>` around it. */
export type ErrorProtocol = Protocol | 's3';

export interface ErrorShape {
  /** The candidate that the client seems to talk to; '' when there is none. */
  readonly service: string;
  readonly protocol: ErrorProtocol;
  /** The client wants the codes of the query protocol in `x-amzn-query-error: <Code>;Sender`. */
  readonly queryMode: boolean;
}

/**
 * Tells the shape from the request first, and from the catalogue where the request does not say. Without candidates
 * (an unknown host) give the services of the signing name: `resolveService` without a host.
 */
export function errorProtocolOf(request: AwsRequest): ErrorShape {
  const candidates = candidatesOf(request);
  const contentType = mediaType(request);
  const queryMode = soleValue(request.headers, 'x-amzn-query-mode')?.toLowerCase() === 'true';
  const shape = (protocol: ErrorProtocol, service = firstSpeaker(candidates, protocol)): ErrorShape => ({
    service: service?.id ?? '',
    protocol,
    queryMode,
  });

  if (
    request.headers.get('smithy-protocol') !== undefined ||
    contentType === 'application/cbor' ||
    contentType.startsWith('application/x-amz-cbor')
  )
    return shape('cbor');
  if (contentType === 'application/x-amz-json-1.0') return shape('json-1.0');
  if (contentType === 'application/x-amz-json-1.1') return shape('json-1.1');
  const s3 = candidates.find(({ id }) => id === 's3');
  if (s3) return shape('s3', s3);
  if (request.headers.get('x-amz-target') !== undefined)
    return shape(candidates.find(({ speaks }) => speaks.json)?.speaks.json ?? 'json-1.1');

  const target = parseTarget(request.target);
  if (contentType === 'application/x-www-form-urlencoded' || target.query.has('Action'))
    return shape(candidates.some(({ speaks }) => speaks.query === 'ec2') ? 'ec2' : 'query');
  const service = restServiceOf(candidates, request, target) ?? candidates[0];
  return service ? shape(service.protocols[0] ?? 'rest-json', service) : shape('rest-json');
}

function mediaType({ headers }: AwsRequest): string {
  return (soleValue(headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function firstSpeaker(
  candidates: readonly ServiceRecord[],
  protocol: ErrorProtocol,
): ServiceRecord | undefined {
  return candidates.find(({ protocols }) => protocols.some((spoken) => spoken === protocol)) ?? candidates[0];
}

/** Only a REST service has paths: `ses` and `sesv2` share a host, and `/v2/email/…` is the latter's. */
function restServiceOf(
  candidates: readonly ServiceRecord[],
  request: AwsRequest,
  target: RequestTarget,
): ServiceRecord | undefined {
  const rest = candidates.filter(({ speaks }) => speaks.rest !== undefined);
  if (target.path === '/' && rest.length < candidates.length) return undefined;
  return rest.find((candidate) => restOperation(candidate, request, target) !== undefined) ?? rest[0];
}
