import { type AwsRequest, candidatesOf, soleValue } from './aws-request.ts';
import type { Protocol } from './aws-service.ts';
import type { ServiceRecord } from './catalogue.ts';
import { errorProtocolOf } from './error-protocol-of.ts';
import { parseForm, parseTarget, type RequestTarget } from './request-target.ts';
import { restOperation } from './rest-operation.ts';

export interface OperationRequest extends AwsRequest {
  /** The body as text, when it is a form. Give it whenever a candidate speaks `query` or `ec2`. */
  readonly bodyText?: string | undefined;
}

export interface Operation {
  /** The one of the candidates that the request is for; the first of them while that is not known. */
  readonly service: string;
  /**
   * All candidates that it can be for: nearly always just `service`. Some successors took over the operations of what
   * went before (Wisdom and Q Connect), and nothing on the wire tells them apart; all of them while nothing is known.
   */
  readonly services: readonly string[];
  /** `ListTables`. Undefined: not known, or told in two ways that disagree. Then no rule on actions can be evaluated. */
  readonly action: string | undefined;
  readonly protocol: Protocol;
}

/**
 * Tells the operation, as the protocol does: X-Amz-Target, the path of rpc-v2-cbor, Action, or method and path.
 *
 * Whoever wants past a policy will write one operation where we look and another where the service looks. So each
 * sign of an operation counts, also where the protocol has no need of it, and the signs must all mean the same.
 */
export function operationOf(request: OperationRequest): Operation {
  const candidates = candidatesOf(request);
  const target = parseTarget(request.target);
  const readings = restReadings(candidates, request, target);
  for (const read of [readTarget, readCbor, readAction, readOverride]) {
    const found = read(candidates, request, target);
    if (found) readings.push(found);
  }
  const [first] = readings;
  if (first?.action !== undefined && readings.every((other) => isSameOperation(first, other))) {
    return { ...first, services: readings.map(({ service }) => service) };
  }
  const { service, protocol } = errorProtocolOf(request);
  return {
    service,
    services: candidates.map(({ id }) => id),
    action: undefined,
    protocol: protocol === 's3' ? 'rest-xml' : protocol,
  };
}

/** What one sign says. Without an action: the sign is there, and says nothing that we could understand. */
type Reading = Omit<Operation, 'services'>;

const nothing: Reading = { service: '', action: undefined, protocol: 'json-1.1' };

function isSameOperation(a: Reading, b: Reading): boolean {
  return a.action === b.action && a.protocol === b.protocol;
}

type ReadSign = (
  candidates: readonly ServiceRecord[],
  request: OperationRequest,
  target: RequestTarget,
) => Reading | undefined;

/** `X-Amz-Target: DynamoDB_20120810.ListTables`. */
const readTarget: ReadSign = (candidates, { headers }) => {
  if (headers.get('x-amz-target') === undefined) return undefined;
  const value = soleValue(headers, 'x-amz-target')?.trim() ?? '';
  const at = Math.max(value.lastIndexOf('.'), 0);
  const prefix = value.slice(0, at);
  const service = candidates.find(({ targetPrefix, speaks }) => speaks.json && targetPrefix === prefix);
  return service?.speaks.json ? reading(service, value.slice(at + 1), service.speaks.json) : nothing;
};

/** Smithy RPC v2 CBOR: `POST /service/<Service>/operation/<Operation>` with `smithy-protocol: rpc-v2-cbor`. */
const readCbor: ReadSign = (candidates, { headers }, { path }) => {
  const hasHeader = headers.get('smithy-protocol') !== undefined;
  if (!hasHeader && !path.startsWith('/service/')) return undefined;
  const speakers = candidates.filter(({ speaks }) => speaks.cbor);
  const [, prefix, action] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? [];
  if (!hasHeader && (action === undefined || speakers.length === 0)) return undefined;
  const service = speakers.find(({ targetPrefix }) => targetPrefix === prefix);
  const isCbor = soleValue(headers, 'smithy-protocol') === 'rpc-v2-cbor';
  return service && isCbor ? reading(service, action ?? '', 'cbor') : nothing;
};

/** `Action=ListTopics&Version=2010-03-31`, in the query or the body. Version tells old and new load balancers apart. */
const readAction: ReadSign = (candidates, { bodyText = '' }, { path, query }) => {
  const speakers = candidates.filter(({ speaks }) => speaks.query);
  // A REST service may call a parameter of its own `action`.
  if (speakers.length === 0 && (query.size === 0 || candidates.every(({ speaks }) => speaks.rest)))
    return undefined;
  const sources = speakers.length > 0 ? [query, parseForm(bodyText)] : [query];
  const actions = valuesOf('action', sources);
  if (actions.size === 0) return undefined;
  const versions = valuesOf('version', sources);
  if (actions.size > 1 || versions.size > 1) return nothing;
  // A path is the sign of the REST service at the same host, even one that this catalogue does not know yet.
  if (path !== '/' && candidates.some(({ speaks }) => speaks.rest)) return nothing;
  const [action = ''] = actions;
  const service =
    speakers.length > 1 ? speakers.find(({ apiVersion }) => versions.has(apiVersion)) : speakers[0];
  return service?.speaks.query ? reading(service, action, service.speaks.query) : nothing;
};

/** Different values count, and so do different spellings of the name. */
function valuesOf(
  name: string,
  sources: readonly ReadonlyMap<string, readonly string[]>[],
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const source of sources) {
    for (const [key, values] of source) {
      if (key.toLowerCase() === name) for (const value of values) found.add(value);
    }
  }
  return found;
}

/** No SDK sends one; a service that heeds it would do something else than the method says. */
const readOverride: ReadSign = (_candidates, { headers }) =>
  methodOverrides.some((name) => headers.get(name) !== undefined) ? nothing : undefined;

const methodOverrides = ['x-http-method-override', 'x-http-method', 'x-method-override'];

function restReadings(
  candidates: readonly ServiceRecord[],
  request: AwsRequest,
  target: RequestTarget,
): Reading[] {
  const found: Reading[] = [];
  for (const service of candidates) {
    const { rest } = service.speaks;
    const action = rest && restOperation(service, request, target);
    if (rest && action !== undefined) found.push(reading(service, action, rest));
  }
  return found;
}

function reading({ id }: ServiceRecord, action: string, protocol: Protocol): Reading {
  return { service: id, action: isName.test(action) ? action : undefined, protocol };
}

const isName = /^[A-Za-z][A-Za-z0-9]{0,127}$/;
