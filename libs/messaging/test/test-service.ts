// A responder with a few routes, a requester that asks it, and a virtual host of their own on the real broker.
import { Writable } from 'node:stream';
import {
  defineRoute,
  GatewayError,
  type ReplyEnvelope,
  type RequestEnvelope,
} from '@cloud-gateway/contracts';
import { createLogger, type Logger } from '@cloud-gateway/runtime';
import { createTestVirtualHost } from '@cloud-gateway/test-support';
import { createMasterKeyWrapper, createVault, keyringFromText } from '@cloud-gateway/vault';
import { z } from 'zod';
import { type BrokerConnection, connectBroker } from '../src/connection/connect-broker.ts';
import { createRequester, type Requester } from '../src/requests/requester.ts';
import { type Handler, handler, publicHandler } from '../src/responder/handler.ts';
import type { RequestOutcome } from '../src/responder/request-outcome.ts';
import type { ResponderOptions } from '../src/responder/responder-options.ts';
import { type Responder, startResponder } from '../src/responder/start-responder.ts';
import { createMemoryIdempotency } from './memory-idempotency.ts';

export const token = 'Bearer good-token';
export const caller = {
  clientId: 'cli_1',
  organizationId: 'org_1',
  tokenId: 'tok_1',
  permissions: new Set(['resources:read', 'resources:write'] as const),
};

export interface TestService {
  readonly url: string;
  readonly virtualHost: string;
  readonly connection: BrokerConnection;
  readonly requester: Requester;
  readonly responder: Responder;
  readonly outcomes: RequestOutcome[];
  readonly logLines: string[];
  readonly vault: ReturnType<typeof createVault>;
  /** Sends and waits: the reply with its JSON body parsed. */
  ask(
    request: Partial<Omit<RequestEnvelope, 'deadlineAt'>> & { timeoutMs?: number; requestId?: string },
  ): Promise<ReplyEnvelope & { json: unknown }>;
  startAnother(options?: Partial<ResponderOptions>): Promise<Responder>;
  stop(): Promise<void>;
}

export async function startTestService(
  handlers: readonly Handler[],
  options: Partial<ResponderOptions> = {},
): Promise<TestService> {
  const host = await createTestVirtualHost();
  const logLines: string[] = [];
  const log = testLogger(logLines);
  const connection = await connectBroker({ url: host.url, name: 'test', log });
  const outcomes: RequestOutcome[] = [];
  const vault = createVault({
    wrapper: createMasterKeyWrapper(keyringFromText(Buffer.alloc(32, 7).toString('base64'))),
  });
  const shared: ResponderOptions = {
    connection,
    service: 'test',
    bindings: ['*.v1.test.#'],
    handlers,
    authenticate,
    idempotency: createMemoryIdempotency(),
    seal: (plaintext, context) => vault.seal(plaintext, context),
    log,
    onOutcome: (outcome) => outcomes.push(outcome),
    ...options,
  };
  const responder = await startResponder(shared);
  const requester = await createRequester({ connection, log });
  let count = 0;

  return {
    url: host.url,
    virtualHost: host.name,
    connection,
    requester,
    responder,
    outcomes,
    logLines,
    vault,
    async ask({ timeoutMs = 5_000, requestId, ...request }) {
      const envelope = {
        version: 1 as const,
        method: 'GET',
        path: '/v1/test',
        query: '',
        body: '',
        bodyEncoding: 'utf8' as const,
        ...request,
        deadlineAt: Date.now() + timeoutMs,
        headers: { authorization: token, ...request.headers },
      };
      const reply = await requester.send(envelope, requestId ?? `ask-${process.pid}-${++count}`).reply;
      return { ...reply, json: reply.body === '' ? undefined : JSON.parse(reply.body) };
    },
    startAnother: (more = {}) => startResponder({ ...shared, ...more }),
    async stop() {
      await requester.stop();
      await responder.stop();
      await connection.close();
      await host.remove();
    },
  };
}

export function testLogger(lines: string[] = []): Logger {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).trimEnd().split('\n'));
      done();
    },
  });
  return createLogger({ service: 'test', level: 'debug', format: 'json', destination });
}

function authenticate(authorization: string | undefined) {
  if (authorization === token) return Promise.resolve(caller);
  return Promise.reject(new GatewayError('unauthenticated', { message: 'The token is not known.' }));
}

const anything = z.unknown();

export const echoRoute = defineRoute({
  name: 'test-echo',
  method: 'GET',
  path: '/v1/test/echo/:id',
  tag: 'Test',
  summary: 'Echo',
  auth: 'token',
  permission: 'resources:read',
  params: z.strictObject({ id: z.string().max(10) }),
  query: z.strictObject({
    limit: z.coerce.number().int().max(100).optional(),
    tag: z.union([z.string(), z.array(z.string())]).optional(),
  }),
  body: anything,
  answer: { status: 200, schema: anything, description: 'The same' },
});

export const echoHandler = handler(echoRoute, ({ params, query, body, caller: who, requestId }) =>
  Promise.resolve({ body: { params, query, body, clientId: who.clientId, requestId } }),
);

const openRoute = defineRoute({
  ...echoRoute,
  name: 'test-open',
  path: '/v1/test/open',
  auth: 'none',
  params: z.strictObject({}),
});

export const openHandler = publicHandler(openRoute, ({ requestId }) =>
  Promise.resolve({ body: { requestId } }),
);

export const writeRoute = defineRoute({
  name: 'test-write',
  method: 'POST',
  path: '/v1/test/things',
  tag: 'Test',
  summary: 'Write',
  auth: 'token',
  permission: 'resources:write',
  params: z.strictObject({}),
  query: z.strictObject({}),
  body: z.strictObject({ name: z.string() }),
  answer: { status: 201, schema: anything, description: 'The thing' },
});
