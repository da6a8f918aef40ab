// A route and what is asked of it, as one request. Pure.
import type { Route } from '@cloud-gateway/contracts';
import type { TransportRequest } from '../transport/transport.ts';
import type { AnyCallInput, QueryValue } from './call-types.ts';

/** Throws TypeError when a path parameter is missing. */
export function buildRequest(
  route: Route,
  input: AnyCallInput,
  { newId, userAgent }: { readonly newId: () => string; readonly userAgent: string },
): TransportRequest {
  return {
    id: newId(),
    method: route.method,
    path: fillPath(route, input.params ?? {}),
    query: writeQuery(input.query ?? {}),
    headers: {
      accept: 'application/json',
      'user-agent': userAgent,
      ...(input.body !== undefined && { 'content-type': 'application/json' }),
      // With a key of its own a write is executed once, however often it is sent.
      ...(isIdempotentWrite(route) && { 'idempotency-key': input.idempotencyKey ?? newId() }),
      ...lowerCased(input.headers ?? {}),
    },
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  };
}

/** Login alone is not: there is nobody yet whose key it could be. */
function isIdempotentWrite({ method, auth }: Route): boolean {
  return method !== 'GET' && auth === 'token';
}

function fillPath({ name, path }: Route, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:(\w+)/g, (_, param: string) => {
    const value = params[param];
    if (value === undefined || value === '') throw new TypeError(`${name} needs params.${param}`);
    return encodeURIComponent(value);
  });
}

function writeQuery(query: Readonly<Record<string, QueryValue>>): string {
  const fields = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(fields).toString();
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
