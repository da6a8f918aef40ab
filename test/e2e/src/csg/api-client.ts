// The gateway's HTTP API as a person's script uses it: a token, JSON, and the status looked at.
import { type Problem, type Route, tokenCreateRoute } from '@cloud-gateway/contracts';
import { type RequestParts, rememberSecret, requestOf } from '@cloud-gateway/test-support';

type Body<R extends Route> = R['answer']['schema']['_zod']['output'];

interface Asked extends Pick<RequestParts, 'params' | 'body'> {
  readonly query?: Readonly<Record<string, string>>;
}

export interface ApiClient {
  /** The body that the route promises. Throws for a problem. */
  call<R extends Route>(route: R, asked?: Asked): Promise<Body<R>>;
  /** The problem. Throws when there is none. */
  refusal(route: Route, asked?: Asked): Promise<Problem>;
}

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export async function logIn(edgeUrl: string, credentials: ClientCredentials): Promise<ApiClient> {
  const { token } = await createApiClient(edgeUrl).call(tokenCreateRoute, { body: credentials });
  rememberSecret(token);
  return createApiClient(edgeUrl, token);
}

function createApiClient(edgeUrl: string, token?: string): ApiClient {
  const send = async (route: Route, { query = {}, ...asked }: Asked): Promise<Response> => {
    const { path, ...request } = requestOf(route, { ...asked, token });
    const signal = AbortSignal.timeout(callTimeoutMs);
    return fetch(`${edgeUrl}${path}?${new URLSearchParams(query)}`, { ...request, signal });
  };
  return {
    async call<R extends Route>(route: R, asked: Asked = {}): Promise<Body<R>> {
      const response = await send(route, asked);
      if (response.ok) return (await response.json()) as Body<R>;
      throw new Error(`${route.name} was answered ${response.status}: ${await response.text()}`);
    },
    async refusal(route, asked = {}) {
      const response = await send(route, asked);
      if (!response.ok) return (await response.json()) as Problem;
      await response.body?.cancel();
      throw new Error(`${route.name} was answered ${response.status}`);
    },
  };
}

const callTimeoutMs = 30_000;
