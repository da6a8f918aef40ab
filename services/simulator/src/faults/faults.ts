// Faults on order: rules that a test sets, each good for some calls and some number of times.
import { z } from 'zod';
import { serviceNames } from '../service-name.ts';
import type { MissingItems } from './missing-items.ts';

const scope = {
  /** By its signing name. */
  service: z.enum(serviceNames).optional(),
  action: z.string().optional(),
  accountId: z.string().optional(),
  region: z.string().optional(),
  /** How many calls it hits before it is spent; without it, all. */
  times: z.int().min(1).optional(),
};

/**
 * throttle, fail     the call is refused, and has no effect
 * fail-after         the call takes effect, and is answered as if it had failed
 * reset-before       the connection is reset, and the call has no effect
 * reset-after        the call takes effect, and then the connection is reset
 * reset-mid-answer   the call takes effect, half of the answer is sent, and then the connection is reset
 * hang-before        nothing happens until the caller hangs up
 * hang-after         the call takes effect, and then nothing happens until the caller hangs up
 */
const outcomes = [
  z.object({ ...scope, kind: z.literal('throttle') }),
  z.object({
    ...scope,
    kind: z.literal('fail'),
    code: z.string().default('InternalError'),
    status: z.int().min(400).max(599).default(500),
    message: z.string().default('An internal error has occurred'),
  }),
  z.object({ ...scope, kind: z.literal('fail-after') }),
  z.object({ ...scope, kind: z.literal('reset-before') }),
  z.object({ ...scope, kind: z.literal('reset-after') }),
  z.object({ ...scope, kind: z.literal('reset-mid-answer') }),
  z.object({ ...scope, kind: z.literal('hang-before') }),
  z.object({ ...scope, kind: z.literal('hang-after') }),
] as const;

/** Lies of the listings of EC2. They hit Describe actions only. */
const listingLies = [
  /** Resources are listed without their tags. */
  z.object({ ...scope, kind: z.literal('no-tags') }),
  z.object({
    ...scope,
    kind: z.literal('missing-items'),
    ids: z.array(z.string()).default([]),
    /** Of all items; the same ones in each call. */
    share: z.number().min(0).max(1).default(0),
    seed: z.int().default(0),
  }),
  /** A complete answer with nothing in it. */
  z.object({ ...scope, kind: z.literal('empty-listing') }),
  /** A page begins with the last item of the page before. */
  z.object({ ...scope, kind: z.literal('repeated-items') }),
] as const;

export const faultRuleSchema = z.discriminatedUnion('kind', [
  ...outcomes,
  ...listingLies,
  z.object({ ...scope, kind: z.literal('delay'), ms: z.int().min(0).max(600_000) }),
  z.object({ ...scope, kind: z.literal('zone-down'), zone: z.string() }),
]);

export type FaultRule = z.input<typeof faultRuleSchema>;
type ParsedRule = z.infer<typeof faultRuleSchema>;
type Outcome = z.infer<(typeof outcomes)[number]>;

/** What a listing lies about. What was asked for by its id is never missing. */
export interface ListingFaults {
  readonly missing: readonly MissingItems[];
  readonly isEmpty: boolean;
  readonly repeats: boolean;
}

export interface CallFaults {
  readonly delayMs: number;
  /** Of the first rule that has one. */
  readonly outcome: Outcome | undefined;
  readonly noTags: boolean;
  readonly listing: ListingFaults;
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

const outcomeKinds = kindsOf(outcomes);
const lieKinds = kindsOf(listingLies);

function kindsOf(schemas: readonly { readonly shape: { readonly kind: { readonly value: string } } }[]) {
  return new Set(schemas.map(({ shape }) => shape.kind.value));
}

function concerns(rule: ParsedRule, call: FaultedCall): boolean {
  if (lieKinds.has(rule.kind) && !call.action.startsWith('Describe')) return false;
  return (['service', 'action', 'accountId', 'region'] as const).every(
    (part) => rule[part] === undefined || rule[part] === call[part],
  );
}

function isOutcome(rule: ParsedRule): rule is Outcome {
  return outcomeKinds.has(rule.kind);
}

function combine(hits: readonly ParsedRule[]): CallFaults {
  return {
    delayMs: hits.reduce((sum, rule) => sum + (rule.kind === 'delay' ? rule.ms : 0), 0),
    outcome: hits.find(isOutcome),
    noTags: hits.some(({ kind }) => kind === 'no-tags'),
    listing: {
      missing: hits.filter((rule) => rule.kind === 'missing-items'),
      isEmpty: hits.some(({ kind }) => kind === 'empty-listing'),
      repeats: hits.some(({ kind }) => kind === 'repeated-items'),
    },
    zonesDown: new Set(hits.flatMap((rule) => (rule.kind === 'zone-down' ? [rule.zone] : []))),
  };
}
