// The gateway's HTTP API as this program uses it: a deadline on every call, and problems as errors that read well.
import { accountProveRoute, type Problem, type Route, tokenCreateRoute } from '@cloud-gateway/contracts';
import type { z } from 'zod';

export class ApiClient {
  readonly url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.url = url.replace(/\/$/, '');
    this.#token = token;
  }

  withToken(token: string): ApiClient {
    return new ApiClient(this.url, token);
  }

  createToken(
    body: z.input<typeof tokenCreateRoute.body>,
  ): Promise<z.output<typeof tokenCreateRoute.answer.schema>> {
    return this.#call(tokenCreateRoute, tokenCreateRoute.path, { body });
  }

  proveAccount(
    body: z.input<typeof accountProveRoute.body>,
  ): Promise<z.output<typeof accountProveRoute.answer.schema>> {
    return this.#call(accountProveRoute, accountProveRoute.path, { body });
  }

  /** Calls a route whose path parameters are filled in already. */
  call<R extends Route>(
    route: R,
    path: string,
    options: { query?: Record<string, string>; body?: z.input<R['body']>; idempotencyKey?: string } = {},
  ): Promise<z.output<R['answer']['schema']>> {
    return this.#call(route, path, options);
  }

  async #call<R extends Route>(
    route: R,
    path: string,
    {
      query = {},
      body,
      idempotencyKey,
    }: { query?: Record<string, string>; body?: unknown; idempotencyKey?: string },
  ): Promise<z.output<R['answer']['schema']>> {
    const address = new URL(`${this.url}${path}`);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const response = await fetch(address, {
      method: route.method,
      headers: {
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(callTimeoutMs),
    }).catch((cause: unknown) => {
      throw new Error(`The gateway at ${this.url} cannot be reached.`, { cause });
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(describe(answer as Problem));
    return answer as z.output<R['answer']['schema']>;
  }
}

const callTimeoutMs = 60_000;

function describe(problem: Problem): string {
  return `${problem.detail} ${problem.remedy} (${problem.code}, request ${problem.requestId ?? 'unknown'})`;
}
