// Faults on order: rules that a test sets, each good for some calls and some number of times.
import { z } from 'zod';
import { serviceNames } from '../service-name.ts';

const scope = {
  /** By its signing name. */
  service: z.enum(serviceNames).optional(),
  action: z.string().optional(),
  accountId: z.string().optional(),
  region: z.string().optional(),
  /** How many calls it hits before it is spent; without it, all. */
  times: z.int().min(1).optional(),
};

export const faultRuleSchema = z.discriminatedUnion('kind', [
  z.object({ ...scope, kind: z.literal('throttle') }),
  z.object({
    ...scope,
    kind: z.literal('fail'),
    code: z.string().default('InternalError'),
    status: z.int().min(400).max(599).default(500),
    message: z.string().default('An internal error has occurred'),
  }),
  z.object({ ...scope, kind: z.literal('delay'), ms: z.int().min(0).max(600_000) }),
  z.object({ ...scope, kind: z.literal('reset-before') }),
  z.object({ ...scope, kind: z.literal('reset-after') }),
  z.object({ ...scope, kind: z.literal('no-tags') }),
  z.object({ ...scope, kind: z.literal('zone-down'), zone: z.string() }),
]);

export type FaultRule = z.input<typeof faultRuleSchema>;
type ParsedRule = z.infer<typeof faultRuleSchema>;

/**
 * throttle, fail   the call is refused, and has no effect
 * reset-before     the connection is reset, and the call has no effect
 * reset-after      the call takes effect, and then the connection is reset
 */
type FaultOutcome =
  | { readonly kind: 'throttle' | 'reset-before' | 'reset-after' }
  | { readonly kind: 'fail'; readonly code: string; readonly status: number; readonly message: string };

export interface CallFaults {
  readonly delayMs: number;
  /** Of the first rule that has one. */
  readonly outcome: FaultOutcome | undefined;
  /** Instances are listed without their tags. */
  readonly noTags: boolean;
  readonly zonesDown: ReadonlySet<string>;
}

interface FaultedCall {
  readonly service: string;
  readonly action: string;
  readonly accountId: string;
  readonly region: string;
}

export interface Faults {
  /** Replaces all rules. */
  set(rules: readonly ParsedRule[]): void;
  /** Says what happens to a call, and uses up one time of each rule that hits it. */
  strike(call: FaultedCall): CallFaults;
  /** What is left. */
  rules(): readonly FaultRule[];
}

export function createFaults(): Faults {
  let live: { readonly rule: ParsedRule; left: number }[] = [];
  return {
    set(rules) {
      live = rules.map((rule) => ({ rule, left: rule.times ?? Number.POSITIVE_INFINITY }));
    },

    strike(call) {
      let outcomeFound = false;
      const hits = live.filter(({ rule }) => {
        if (!concerns(rule, call)) return false;
        if (!isOutcome(rule)) return true;
        // Only one outcome is possible: a second rule keeps its times for a later call.
        const first = !outcomeFound;
        outcomeFound = true;
        return first;
      });
      for (const hit of hits) hit.left--;
      live = live.filter(({ left }) => left > 0);
      return combine(hits.map(({ rule }) => rule));
    },

    rules: () => live.map(({ rule, left }) => (Number.isFinite(left) ? { ...rule, times: left } : rule)),
  };
}

function concerns(rule: ParsedRule, call: FaultedCall): boolean {
  return (['service', 'action', 'accountId', 'region'] as const).every(
    (part) => rule[part] === undefined || rule[part] === call[part],
  );
}

function isOutcome(rule: ParsedRule): rule is Extract<ParsedRule, FaultOutcome> {
  return (
    rule.kind === 'throttle' ||
    rule.kind === 'fail' ||
    rule.kind === 'reset-before' ||
    rule.kind === 'reset-after'
  );
}

function combine(hits: readonly ParsedRule[]): CallFaults {
  return {
    delayMs: hits.reduce((sum, rule) => sum + (rule.kind === 'delay' ? rule.ms : 0), 0),
    outcome: hits.find(isOutcome),
    noTags: hits.some(({ kind }) => kind === 'no-tags'),
    zonesDown: new Set(hits.flatMap((rule) => (rule.kind === 'zone-down' ? [rule.zone] : []))),
  };
}
