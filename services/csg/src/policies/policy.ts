// The rules of a policy group, sorted by the services that they are about, ready to be held against calls.
import type { PolicyRule, PolicyRuleType } from '@cloud-gateway/contracts';
import { patternMatcher } from './pattern-matcher.ts';
import { type WildcardMatcher, wildcardMatcher } from './wildcard-matcher.ts';

export interface Policy {
  readonly services: ReadonlyMap<string, ServicePolicy>;
  /** What applies to the services that no rule names. */
  readonly others: ServicePolicy;
}

/** Rules of one type are alternatives, so that of most types one matcher, or one number, says all. */
export interface ServicePolicy {
  /** Undefined: all. */
  readonly allowsRegion: WildcardMatcher | undefined;
  /** Undefined: all. */
  readonly allowsAction: WildcardMatcher | undefined;
  readonly names: readonly NameRule[];
  /** Undefined: as many as one likes. */
  readonly callsPerMinute: { readonly service: number | undefined; readonly all: number | undefined };
}

export interface NameRule {
  readonly type: 'csg.resource.name.prefix' | 'csg.resource.name.validation_pattern';
  readonly isAbout: WildcardMatcher;
  readonly parameter: string | undefined;
  /** Undefined: it cannot be said. */
  readonly holds: (name: string) => boolean | undefined;
}

/** Compiles a list of rules once, for as long as the list itself is held: a changed group comes as another list. */
export function policyOf(rules: readonly PolicyRule[]): Policy {
  const known = policies.get(rules);
  if (known) return known;
  const services = new Set(rules.map(({ service }) => service).filter((id) => id !== undefined));
  const policy = {
    services: new Map([...services].map((service) => [service, servicePolicy(rules, service)])),
    others: servicePolicy(rules, undefined),
  };
  policies.set(rules, policy);
  return policy;
}

const policies = new WeakMap<readonly PolicyRule[], Policy>();

export function policyFor(rules: readonly PolicyRule[], service: string): ServicePolicy {
  const { services, others } = policyOf(rules);
  return services.get(service) ?? others;
}

function servicePolicy(allRules: readonly PolicyRule[], service: string | undefined): ServicePolicy {
  const rules = allRules.filter((rule) => rule.service === undefined || rule.service === service);
  const rates = ofType(rules, 'csg.calls_per_minute');
  return {
    allowsRegion: allowedByAny(ofType(rules, 'csg.regions')),
    allowsAction: allowedByAny(ofType(rules, 'csg.actions')),
    names: [
      ...ofType(rules, 'csg.resource.name.prefix').map(prefixRule),
      ...ofType(rules, 'csg.resource.name.validation_pattern').map(patternRule),
    ],
    callsPerMinute: {
      service: largestOf(rates.filter((rate) => rate.service !== undefined)),
      all: largestOf(rates.filter((rate) => rate.service === undefined)),
    },
  };
}

type RuleOf<Type extends PolicyRuleType> = Extract<PolicyRule, { type: Type }>;

function ofType<Type extends PolicyRuleType>(rules: readonly PolicyRule[], type: Type): RuleOf<Type>[] {
  return rules.filter((rule): rule is RuleOf<Type> => rule.type === type);
}

function prefixRule({ type, action, parameter, prefix }: RuleOf<'csg.resource.name.prefix'>): NameRule {
  return { type, isAbout: wildcardMatcher([action]), parameter, holds: (name) => name.startsWith(prefix) };
}

function patternRule(rule: RuleOf<'csg.resource.name.validation_pattern'>): NameRule {
  const { type, action, parameter } = rule;
  return { type, isAbout: wildcardMatcher([action]), parameter, holds: patternMatcher(rule) };
}

/** Undefined: there is no such rule. */
function allowedByAny(rules: readonly { readonly allow: readonly string[] }[]): WildcardMatcher | undefined {
  return rules.length === 0 ? undefined : wildcardMatcher(rules.flatMap(({ allow }) => allow));
}

function largestOf(rates: readonly { readonly max: number }[]): number | undefined {
  return rates.length === 0 ? undefined : Math.max(...rates.map(({ max }) => max));
}
