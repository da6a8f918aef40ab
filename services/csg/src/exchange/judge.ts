// What a call wants to do, and whether the request that its key belongs to allows it.
import { gunzipSync } from 'node:zlib';
import { credentialVendingActions, type Operation, operationOf } from '@cloud-gateway/aws-services';
import type { AccessKey } from '../keys/access-key.ts';
import { evaluatePolicy, type PolicyVerdict } from '../policies/evaluate-policy.ts';
import { needsBody } from '../policies/needs-body.ts';
import type { CallCounter } from '../usage/create-call-counter.ts';
import type { Admitted } from './admit.ts';
import type { Call } from './call.ts';
import { noAccess } from './no-access.ts';
import { parametersOfCall } from './parameters-of-call.ts';
import { RefusedCall } from './refused-call.ts';
import type { TakenBody } from './take-body.ts';

export interface JudgeDeps {
  readonly callCounts: CallCounter;
}

type Judged = Pick<Admitted, 'parsed' | 'key' | 'target'>;

/** What the head of a request says of its operation; undefined when the body of a form has to say it. */
export function operationByHead(call: Call, admitted: Judged): Operation | undefined {
  return isForm(admitted) ? undefined : operation(call, admitted, undefined);
}

/** The name of the call, or a name that a policy looks at, stands in the body. */
export function needsBodyToDecide({ key }: Judged, byHead: Operation | undefined): boolean {
  return byHead === undefined || needsBody(key.rules, byHead.service, byHead.action);
}

/** Throws RefusedCall. */
export function judge(
  deps: JudgeDeps,
  call: Call,
  judged: Judged & { readonly byHead: Operation | undefined; readonly body: TakenBody },
): void {
  const { key, body } = judged;
  const named = judged.byHead ?? operation(call, judged, formText(judged, body));
  const { service, action } = named;
  call.service = service;
  call.action = action;
  if (!isApproved(key, named)) {
    throw noAccess('service-not-approved');
  }
  for (const candidate of named.services) {
    assertHandsOutNoCredentials(key, candidate, action);
    assertPolicyHolds(deps, call, judged, candidate === service ? named : { ...named, service: candidate });
  }
}

/**
 * One operation that several services share is allowed if one of them is approved. Where the operation is not known, it
 * could be any of those that answer at this host: then all of them have to be.
 */
function isApproved({ services: approved }: AccessKey, { services, action }: Operation): boolean {
  return action === undefined
    ? services.every((service) => approved.has(service))
    : services.some((service) => approved.has(service));
}

function operation({ head }: Call, { parsed, target }: Judged, bodyText: string | undefined): Operation {
  return operationOf({
    services: target.services,
    method: head.method,
    target: head.target,
    headers: parsed.headers,
    bucket: target.bucket,
    bodyText,
  });
}

function isForm({ parsed }: Judged): boolean {
  return (
    parsed.headers.get('content-type')?.[0]?.toLowerCase().startsWith('application/x-www-form-urlencoded') ??
    false
  );
}

/** Of a form too large for memory only what names the call is known. */
function formText(judged: Judged, body: TakenBody): string | undefined {
  if (!isForm(judged)) return undefined;
  if (body.kind === 'memory') return plainText(judged, body.bytes);
  if (body.kind === 'file')
    return body.actions.map((value) => `Action=${encodeURIComponent(value)}`).join('&');
  return undefined;
}

/** Undefined where it is encoded in a way that cannot be looked into: then the action is not known. */
function plainText({ parsed }: Judged, bytes: Buffer): string | undefined {
  const encoding = parsed.headers.get('content-encoding')?.join(', ').toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return bytes.toString('utf8');
  if (encoding !== 'gzip') return undefined;
  try {
    return gunzipSync(bytes, { maxOutputLength: inflatedBytesMax }).toString('utf8');
  } catch {
    return undefined;
  }
}

const inflatedBytesMax = 4 * 1024 * 1024;

/** Services that hand out credentials, by their ids: there a call that cannot be named is taken for such a one. */
const vendingServices: ReadonlySet<string> = new Set(
  [...credentialVendingActions.keys()].map((name) => name.slice(0, name.indexOf(':'))),
);

function assertHandsOutNoCredentials(key: AccessKey, service: string, action: string | undefined): void {
  if (!vendingServices.has(service)) return;
  const name = `${service}:${action ?? ''}`;
  if (action !== undefined && (!credentialVendingActions.has(name) || key.allowedCredentialActions.has(name)))
    return;
  throw new RefusedCall(
    'credential-action',
    action === undefined
      ? 'Which action this calls is not known, and it may be one that hands out cloud credentials.'
      : `Action '${action}' hands out cloud credentials. An administrator can allow it by name when he approves a request.`,
  );
}

function assertPolicyHolds(
  { callCounts }: JudgeDeps,
  call: Call,
  { key, parsed, target, body }: Judged & { readonly body: TakenBody },
  named: Operation,
): void {
  const { service, action } = named;
  if (key.rules.length === 0) return;
  const verdict = evaluatePolicy({
    rules: key.rules,
    call: {
      service,
      action,
      region: parsed.scope.region,
      parameters: () => parametersOfCall({ head: call.head, parsed, named, bucket: target.bucket, body }),
      callsThisMinute: () => callCounts.count(key.accessKeyId, service),
    },
  });
  if (verdict.ok) return;
  throw new RefusedCall(
    verdict.kind === 'rate' ? 'rate-limited' : 'policy-violation',
    violation(action ?? `${call.head.method} ${pathOf(call)}`, verdict),
  );
}

function violation(action: string, { policy, why }: Exclude<PolicyVerdict, { ok: true }>): string {
  const what = `Action '${action}' violates policy '${policy}'`;
  return why === undefined ? what : `${what}: ${why}`;
}

function pathOf({ head: { target } }: Call): string {
  return (target.split('?', 1)[0] ?? '').slice(0, 200);
}
