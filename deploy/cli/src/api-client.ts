// The gateway's HTTP API as this program uses it: a deadline on every call, and problems as errors that read well.
import { problemSchema, type Route, tokenCreateRoute } from '@cloud-gateway/contracts';
import type { z } from 'zod';

export interface CallOptions<R extends Route> {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: z.input<R['body']>;
  readonly idempotencyKey?: string;
}

type Answer<R extends Route> = z.output<R['answer']['schema']>;

export class ApiClient {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url.replace(/\/$/, '');
    this.#token = token;
  }

  withToken(token: string): ApiClient {
    return new ApiClient(this.#url, token);
  }

  createToken(body: z.input<typeof tokenCreateRoute.body>): Promise<Answer<typeof tokenCreateRoute>> {
    return this.call(tokenCreateRoute, tokenCreateRoute.path, { body });
  }

  /** Calls a route whose path parameters are filled in already. */
  async call<R extends Route>(route: R, path: string, options: CallOptions<R> = {}): Promise<Answer<R>> {
    const response = await this.#send(route, path, options);
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && answer !== undefined) return answer as Answer<R>;
    const problem = problemSchema.safeParse(answer);
    if (!problem.success)
      throw new Error(`${this.#url} does not answer like a Cloud Gateway: status ${response.status}.`);
    const { detail, code, requestId = 'unknown' } = problem.data;
    throw new Error(`${detail} (${code}, request ${requestId})`);
  }

  async #send<R extends Route>(route: R, path: string, options: CallOptions<R>): Promise<Response> {
    const { query = {}, body, idempotencyKey } = options;
    const address = new URL(`${this.#url}${path}`);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    try {
      return await fetch(address, {
        method: route.method,
        headers: {
          ...(this.#token && { authorization: `Bearer ${this.#token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(callTimeoutMs),
      });
    } catch (cause) {
      throw new Error(`The gateway at ${this.#url} cannot be reached.`, { cause });
    }
  }
}

const callTimeoutMs = 60_000;
