// A service of the gateway with the echo route as its only handler: routing, authentication, permission, validation,
// deadline and the outcome's log line are those of every service.
import { GatewayError } from '@cloud-gateway/contracts';
import {
  type Caller,
  connectBroker,
  handler,
  type IdempotencyStore,
  startResponder,
} from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { echoAnswer } from '../exchange/echo-answer.ts';
import { benchToken } from '../exchange/echo-exchange.ts';
import { echoRoute } from './echo-route.ts';
import type { StartPeer } from './peer.ts';

export const startOursService: StartPeer = async ({ amqpUrl }) => {
  const log = createLogger({ service: 'echo', level: 'warn', destination: process.stderr });
  const connection = await connectBroker({ url: amqpUrl, name: 'echo', log });
  await startResponder({
    connection,
    service: 'echo',
    bindings: ['*.v1.echo.#'],
    handlers: [
      handler(echoRoute, async ({ params, query, body }) => ({
        body: echoAnswer({ id: params.id, limit: query.limit, item: body }),
      })),
    ],
    authenticate,
    idempotency: noWrites,
    seal: () => Promise.reject(new Error('the benchmark has no dead letters')),
    log,
  });
  return {};
};

// What a verifier does whose cache is warm: one look-up.
const callers = new Map<string, Caller>([
  [
    `Bearer ${benchToken}`,
    {
      clientId: 'cli_bench',
      organizationId: 'org_bench',
      tokenId: 'tok_bench',
      permissions: new Set(['resources:read', 'resources:write']),
    },
  ],
]);

async function authenticate(authorization: string | undefined): Promise<Caller> {
  const caller = callers.get(authorization ?? '');
  if (!caller) throw new GatewayError('unauthenticated', { message: 'The token is not valid.' });
  return caller;
}

const noWrites: IdempotencyStore = {
  begin: refuseWrite,
  extend: refuseWrite,
  complete: refuseWrite,
  release: refuseWrite,
};

function refuseWrite(): Promise<never> {
  return Promise.reject(new Error('the benchmark sends reads only'));
}
