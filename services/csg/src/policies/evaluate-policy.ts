// Holds the rules of a key against one call. Rules of one type about the same call are alternatives, different types
// have to hold together, and a rule that cannot be evaluated refuses. The one exception: limits on one service and on all
// services together count different things, so that both have to hold.
import type { PolicyRule, PolicyRuleType } from '@cloud-gateway/contracts';
import type { CallParameters } from './call-parameters.ts';
import { nameParameters } from './name-parameters.ts';
import { type NameRule, policyFor, type ServicePolicy } from './policy.ts';

export interface PolicedCall {
  readonly service: string;
  /** Undefined: it could not be told. */
  readonly action: string | undefined;
  readonly region: string | undefined;
  /** Asked only if a rule looks at a name. Undefined: the body is too large to look into. */
  readonly parameters: () => CallParameters | undefined;
  /** How many calls of the key this minute has seen, this one among them. Asked last, and only if a rule limits them. */
  readonly callsThisMinute: () => { readonly service: number; readonly all: number };
}

export type PolicyVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly policy: PolicyRuleType;
      readonly kind: 'violation' | 'not-evaluable' | 'rate';
      /** Completes "Action 'X' violates policy 'Y': …", of a rule that cannot be evaluated. */
      readonly why?: string;
    };

const passed: PolicyVerdict = { ok: true };

export function evaluatePolicy({
  rules,
  call,
}: {
  readonly rules: readonly PolicyRule[];
  readonly call: PolicedCall;
}): PolicyVerdict {
  if (rules.length === 0) return passed;
  const policy = policyFor(rules, call.service);
  for (const evaluate of [evaluateRegion, evaluateAction, evaluateNames, evaluateRate]) {
    const verdict = evaluate(policy, call);
    if (!verdict.ok) return verdict;
  }
  return passed;
}

function evaluateRegion({ allowsRegion }: ServicePolicy, { region }: PolicedCall): PolicyVerdict {
  if (allowsRegion === undefined) return passed;
  if (region === undefined) {
    return notEvaluable('csg.regions', 'the gateway cannot tell which region it is for');
  }
  return allowsRegion(region) ? passed : { ok: false, policy: 'csg.regions', kind: 'violation' };
}

function evaluateAction({ allowsAction }: ServicePolicy, { action }: PolicedCall): PolicyVerdict {
  if (allowsAction === undefined) return passed;
  if (action === undefined) return notEvaluable('csg.actions', unknownAction);
  return allowsAction(action) ? passed : { ok: false, policy: 'csg.actions', kind: 'violation' };
}

const unknownAction = 'the gateway cannot tell which action it is';
const nameTypes = ['csg.resource.name.prefix', 'csg.resource.name.validation_pattern'] as const;

function evaluateNames({ names }: ServicePolicy, call: PolicedCall): PolicyVerdict {
  const { action } = call;
  for (const type of nameTypes) {
    const rules = names.filter((rule) => rule.type === type);
    if (action === undefined) {
      if (rules.length > 0) return notEvaluable(type, unknownAction);
      continue;
    }
    const applying = rules.filter(({ isAbout }) => isAbout(action));
    const verdict = anyOf(applying.map((rule) => evaluateName(rule, call, action)));
    if (!verdict.ok) return verdict;
  }
  return passed;
}

function anyOf(verdicts: readonly PolicyVerdict[]): PolicyVerdict {
  if (verdicts.length === 0) return passed;
  const undecided = verdicts.find((verdict) => !verdict.ok && verdict.kind === 'not-evaluable');
  return verdicts.find(({ ok }) => ok) ?? undecided ?? verdicts[0] ?? passed;
}

function evaluateName(
  { type, parameter, holds }: NameRule,
  call: PolicedCall,
  action: string,
): PolicyVerdict {
  const parameters = call.parameters();
  if (parameters === undefined) return notEvaluable(type, 'the body is too large to look into');
  const candidates =
    parameter === undefined ? nameParameters({ service: call.service, action }) : [parameter];
  let isNamed = false;
  for (const path of candidates) {
    const found = parameters.find(path);
    if (found.kind === 'unreadable') return notEvaluable(type, found.why);
    if (found.kind === 'absent') continue;
    isNamed = true;
    const verdict = holds(found.text);
    if (verdict === undefined) return notEvaluable(type, 'its pattern does not come to an end on this name');
    if (!verdict) return { ok: false, policy: type, kind: 'violation' };
  }
  return isNamed
    ? passed
    : notEvaluable(type, `the call does not have ${candidates.map(quoted).join(' or ')}`);
}

function evaluateRate({ callsPerMinute }: ServicePolicy, { callsThisMinute }: PolicedCall): PolicyVerdict {
  if (callsPerMinute.service === undefined && callsPerMinute.all === undefined) return passed;
  const calls = callsThisMinute();
  const isWithin =
    calls.service <= (callsPerMinute.service ?? Number.POSITIVE_INFINITY) &&
    calls.all <= (callsPerMinute.all ?? Number.POSITIVE_INFINITY);
  return isWithin ? passed : { ok: false, policy: 'csg.calls_per_minute', kind: 'rate' };
}

function notEvaluable(policy: PolicyRuleType, why: string): PolicyVerdict {
  return { ok: false, policy, kind: 'not-evaluable', why };
}

function quoted(text: string): string {
  return `'${text}'`;
}
