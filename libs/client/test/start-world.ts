// A small gateway on a real broker: a responder with a few of the contracts' own routes, and before it an HTTP server that
// passes on what it gets, as the edge does. Its state is in memory, and a test may have it fail.
import { Writable } from 'node:stream';
import {
  accountListRoute,
  cloudShowRoute,
  environmentCreateRoute,
  GatewayError,
  tokenCreateRoute,
} from '@cloud-gateway/contracts';
import {
  type Caller,
  connectBroker,
  createRequester,
  type Handler,
  handler,
  openSubscriptionQueues,
  publicHandler,
  startResponder,
} from '@cloud-gateway/messaging';
import { createLogger, createStopStack } from '@cloud-gateway/runtime';
import { createTestVirtualHost, rememberSecret } from '@cloud-gateway/test-support';
import { askBrokerUser } from './broker-user.ts';
import { startHttpDoor } from './http-door.ts';
import { createMemoryIdempotency } from './memory-idempotency.ts';
import { createTestSubscriptions, type TestSubscriptions } from './test-subscriptions.ts';

interface Handled {
  readonly route: string;
  readonly requestId: string;
  readonly idempotencyKey: string;
}

export interface World {
  readonly httpUrl: string;
  /** With the broker's own user, who may do everything. */
  readonly amqpUrl: string;
  readonly virtualHost: string;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
  readonly subscriptions: TestSubscriptions;
  /** What handlers were asked, in this order. */
  readonly handled: readonly Handled[];
  /** How often a route was asked. */
  count(route: string): number;
  /** Instead of answering next, and after that, and so on. */
  failNext(route: string, ...failures: readonly (() => Promise<void> | void)[]): void;
  /** Every token is refused from now on. */
  revokeTokens(): void;
  /** From now on the broker knows the client: with its secret until a token is made, then with that. */
  letClientIn(password?: string): Promise<void>;
  stop(): Promise<void>;
}

const accountCount = 5;

export async function startWorld(): Promise<World> {
  const stops = createStopStack({ timeoutMs: 30_000 });
  const host = await createTestVirtualHost();
  stops.add('virtual host', () => host.remove());
  const log = createLogger({
    service: 'test',
    level: 'error',
    destination: new Writable({ write: (_chunk, _encoding, done) => done() }),
  });
  const connection = await connectBroker({ url: host.url, name: 'test gateway', log });
  stops.add('connection', () => connection.close());
  const queues = await openSubscriptionQueues({ connection, log });
  stops.add('queues', () => queues.stop());

  const clientId = `cli_${host.name}`;
  const clientSecret = `cgw_s_${host.name}`;
  rememberSecret(clientSecret);
  const tokens = new Set<string>();
  const handled: Handled[] = [];
  const failures = new Map<string, (() => Promise<void> | void)[]>();
  const user = askBrokerUser({ host, name: clientId });
  let brokerKnowsClient = false;

  async function makeToken(secret: string): Promise<string> {
    if (secret !== clientSecret)
      throw new GatewayError('unauthenticated', { message: 'That is not the secret.' });
    const token = `cgw_t_${host.name}_${tokens.size + 1}_${handled.length}`;
    rememberSecret(token);
    tokens.add(token);
    if (brokerKnowsClient) await user.setPassword(token);
    return token;
  }

  const subscriptions = createTestSubscriptions({ queues, clientId, brokerUrl: host.url });
  const handlers: Handler[] = [
    publicHandler(tokenCreateRoute, async ({ body }) => ({
      body: {
        id: 'tok_1',
        token: await makeToken(body.clientSecret),
        tokenType: 'Bearer' as const,
        permissions: ['resources:read' as const],
        expiresAt: new Date(Date.now() + body.expiresInSeconds * 1_000).toISOString(),
      },
    })),
    handler(accountListRoute, ({ query }) => {
      const first = Number(query.cursor ?? 0);
      const numbers = Array.from({ length: accountCount }, (_, index) => index).slice(
        first,
        first + query.limit,
      );
      const next = first + query.limit;
      return Promise.resolve({
        body: { items: numbers.map(accountNumber), nextCursor: next < accountCount ? String(next) : null },
      });
    }),
    handler(cloudShowRoute, ({ params, headers }) =>
      headers['if-none-match'] === 'W/"1"'
        ? Promise.resolve({ status: 304, body: undefined as never, headers: { etag: 'W/"1"' } })
        : Promise.resolve({ body: cloudNamed(params.cloud), headers: { etag: 'W/"1"' } }),
    ),
    handler(environmentCreateRoute, ({ body }) =>
      Promise.resolve({
        body: {
          id: `env_${body.name}`,
          organizationId: 'org_1',
          name: body.name,
          credentialIds: [],
          connectionPolicy: null,
          createdAt: new Date(0).toISOString(),
        },
      }),
    ),
    ...subscriptions.handlers,
  ].map((one) => recorded(one, { handled, failures }));

  const responder = await startResponder({
    connection,
    service: 'test',
    bindings: ['*.v1.#'],
    handlers,
    authenticate: (authorization) => authenticate({ tokens, clientId }, authorization),
    idempotency: createMemoryIdempotency(),
    seal: (plaintext) => Promise.resolve(plaintext),
    log,
  });
  stops.add('responder', () => responder.stop());
  const requester = await createRequester({ connection, log });
  stops.add('requester', () => requester.stop());
  const door = await startHttpDoor(requester);
  stops.add('HTTP', () => door.stop());

  return {
    httpUrl: door.url,
    amqpUrl: host.url,
    virtualHost: host.name,
    credentials: { clientId, clientSecret },
    subscriptions,
    handled,
    count: (route) => handled.filter((one) => one.route === route).length,
    failNext: (route, ...more) => failures.set(route, [...more]),
    revokeTokens: () => tokens.clear(),
    async letClientIn(password = clientSecret) {
      if (!brokerKnowsClient) stops.add('user of the broker', () => user.remove());
      brokerKnowsClient = true;
      await user.setPassword(password);
    },
    stop: () => stops.stop(),
  };
}

function recorded(
  { route, handle }: Handler,
  { handled, failures }: { handled: Handled[]; failures: Map<string, (() => Promise<void> | void)[]> },
): Handler {
  return {
    route,
    async handle(request) {
      const { requestId, idempotencyKey } = request;
      handled.push({ route: route.name, requestId, idempotencyKey });
      await failures.get(route.name)?.shift()?.();
      return handle(request);
    },
  };
}

function authenticate(
  { tokens, clientId }: { tokens: ReadonlySet<string>; clientId: string },
  authorization = '',
): Promise<Caller> {
  if (!tokens.has(authorization.replace(/^Bearer /, '')))
    return Promise.reject(new GatewayError('unauthenticated', { message: 'The token is not known.' }));
  return Promise.resolve({
    clientId,
    organizationId: 'org_1',
    tokenId: 'tok_1',
    permissions: new Set(['resources:read', 'environments:manage'] as const),
  });
}

function accountNumber(number: number) {
  return {
    id: `ec2-${number}`,
    cloud: 'ec2',
    cloudAccountId: String(number),
    name: null,
    credentialsStatus: 'valid' as const,
    provenAt: new Date(0).toISOString(),
  };
}

function cloudNamed(id: string) {
  return {
    id,
    kind: 'ec2',
    names: [id],
    regions: [],
    connectionPolicy: 'public' as const,
    features: {},
    resources: [],
  };
}
