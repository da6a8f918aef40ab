// A route is data: what may be asked, who may ask it, and what is answered. From the same table come the validation,
// the OpenAPI document, the documentation and the typed client. One route = one schema file here, one handler file in a
// service, one test, all with the route's name.
import type { z } from 'zod';
import type { ErrorCode } from '../errors/error-codes.ts';
import type { Permission } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Request headers that have a meaning at some routes; Idempotency-Key goes with every write. */
export type RequestHeader = 'if-match' | 'if-none-match' | 'prefer';

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Name extends string = string,
> {
  /** `instance-create`: the base name of the schema, the handler and the test. */
  readonly name: Name;
  readonly method: Method;
  /** With `:name` for each path parameter. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** `none` only where the caller cannot have a token yet. */
  readonly auth: 'token' | 'none';
  readonly permission?: Permission;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: {
    readonly status: number;
    readonly schema: Answer;
    readonly description: string;
    /** Other statuses of success, and what each says. The body is the same, but 304 has none. */
    readonly others?: Readonly<Record<number, string>>;
  };
  readonly headers?: readonly RequestHeader[];
  /** The errors that are particular to this route; those that any route can give are not repeated. */
  readonly errors?: readonly ErrorCode[];
}

/** Checks a route's shape at compile time and keeps its exact types, its name too. */
export function defineRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
  const N extends string,
>(route: Route<P, Q, B, A, N>): Route<P, Q, B, A, N> {
  return route;
}
