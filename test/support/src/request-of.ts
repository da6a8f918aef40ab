export interface RequestParts {
  readonly token?: string | undefined;
  /** What stands for `:name` in the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request of the API, as every door takes it. */
export function requestOf<Method extends string>(
  { method, path }: { readonly method: Method; readonly path: string },
  { token, params = {}, body, idempotencyKey, headers }: RequestParts,
) {
  return {
    method,
    path: path.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? '')),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}
