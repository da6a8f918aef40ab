// What each route takes and answers, for the compiler: computed from the route table, so that it is never out of date.
import type { RouteName, RouteTable } from '@cloud-gateway/contracts';
import type { z } from 'zod';

export interface CallOptions {
  /** For example `if-match`, `if-none-match`, `prefer`; names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Of a write. Default: a new one for each call, kept over its repetitions. */
  readonly idempotencyKey?: string | undefined;
  /** The call rejects with its reason; a write that the gateway has begun goes on all the same. */
  readonly signal?: AbortSignal | undefined;
  /** Of the call with all its repetitions. */
  readonly timeoutMs?: number | undefined;
}

type Params<N extends RouteName> = z.input<RouteTable[N]['params']>;
type Query<N extends RouteName> = z.input<RouteTable[N]['query']>;
type Body<N extends RouteName> = z.input<RouteTable[N]['body']>;
type Output<N extends RouteName> = z.output<RouteTable[N]['answer']['schema']>;

/** Numbers and truth values are written out as text, lists as repeated fields. */
type QueryField<Value> = unknown extends Value
  ? string | number | undefined
  :
      | Value
      | ('true' extends Value ? boolean : never)
      | (Value extends readonly (infer Item)[] ? readonly Item[] : never);

type ParamsPart<N extends RouteName> =
  Record<string, never> extends Params<N> ? { readonly params?: undefined } : { readonly params: Params<N> };

type QueryPart<N extends RouteName> =
  Record<string, never> extends Query<N>
    ? { readonly query?: { readonly [K in keyof Query<N>]: QueryField<Query<N>[K]> } | undefined }
    : { readonly query: { readonly [K in keyof Query<N>]: QueryField<Query<N>[K]> } };

type BodyPart<N extends RouteName> = [Body<N>] extends [undefined]
  ? { readonly body?: undefined }
  : { readonly body: Body<N> };

export type CallInput<N extends RouteName> = ParamsPart<N> & QueryPart<N> & BodyPart<N> & CallOptions;

/** The input may be left out where a route needs nothing. */
export type InputArguments<N extends RouteName> =
  object extends CallInput<N> ? [input?: CallInput<N>] : [input: CallInput<N>];

/** What a write answers that was only to be tried. */
export interface DryRunAnswer {
  readonly dryRun: true;
  readonly wouldSucceed: true;
}

/** The routes that can be tried with `dryRun`. */
export type DryRunName = {
  [N in RouteName]: 'dryRun' extends keyof Query<N> ? N : never;
}[RouteName];

export type DryRunInput<N extends RouteName> = CallInput<N> & { readonly query: { readonly dryRun: true } };

/** The answer's body. With `view` or `fields` the gateway leaves out what was not asked for. */
export type AnswerOf<N extends RouteName> = Exclude<Output<N>, DryRunAnswer>;

/** The routes that answer page by page. */
export type ListName = {
  [N in RouteName]: Output<N> extends { items: readonly unknown[]; nextCursor: string | null } ? N : never;
}[RouteName];

export type ItemOf<N extends ListName> = Output<N> extends { items: readonly (infer Item)[] } ? Item : never;

export interface Answer<Body> {
  readonly status: number;
  /** Names in lower case: `etag`, `location`, `idempotency-replayed`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

export type QueryValue = string | number | boolean | readonly (string | number | boolean)[] | undefined;

/** A call whose route is known at run time only. */
export interface AnyCallInput extends CallOptions {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly body?: unknown;
}
