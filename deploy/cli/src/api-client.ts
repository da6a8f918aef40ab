// The gateway's HTTP API as this program uses it: a deadline on every call, and problems as errors that read well.
import { type Problem, problemSchema, type Route, tokenCreateRoute } from '@cloud-gateway/contracts';
import type { z } from 'zod';

export interface CallOptions<R extends Route> {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: z.input<R['body']>;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, a refusal too, as it came. */
interface Exchange {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when it is no JSON. */
  readonly body: unknown;
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
    const { status, body } = await this.exchange(route, path, options);
    if (status < 300 && body !== undefined) return body as Answer<R>;
    const { detail, code, requestId = 'unknown' } = this.#problemIn(status, body);
    throw new Error(`${detail} (${code}, request ${requestId})`);
  }

  /** The same, but a refusal is an answer too, and headers can be seen. */
  async exchange<R extends Route>(route: R, path: string, options: CallOptions<R> = {}): Promise<Exchange> {
    const response = await this.#send(route, path, options);
    const body: unknown = await response.json().catch(() => undefined);
    return { status: response.status, headers: response.headers, body };
  }

  #problemIn(status: number, body: unknown): Problem {
    const problem = problemSchema.safeParse(body);
    if (problem.success) return problem.data;
    throw new Error(`${this.#url} does not answer like a Cloud Gateway: status ${status}.`);
  }

  async #send<R extends Route>(route: R, path: string, options: CallOptions<R>): Promise<Response> {
    const { query = {}, body, idempotencyKey, headers } = options;
    const address = new URL(`${this.#url}${path}`);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    try {
      return await fetch(address, {
        method: route.method,
        headers: {
          ...(this.#token && { authorization: `Bearer ${this.#token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
          ...headers,
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
