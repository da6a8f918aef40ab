// Asks a service as everybody does: with messages.
import { type Problem, problemSchema, type ReplyEnvelope, type Route } from '@cloud-gateway/contracts';
import { type BrokerConnection, createRequester } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import { type RequestParts, requestOf } from '@cloud-gateway/test-support';
import { mintId } from '@cloud-gateway/vault';

interface Asked extends RequestParts {
  readonly query?: string;
  /** Default: 20 s. */
  readonly timeoutMs?: number;
}

export interface TestCaller {
  /** The answer as it came. */
  send(route: Route, asked?: Asked): Promise<ReplyEnvelope>;
  /** The body of the answer that the route promises; throws for any other. */
  ask<R extends Route>(route: R, asked?: Asked): Promise<R['answer']['schema']['_zod']['output']>;
  /** The problem; throws when the answer is none. */
  refusal(route: Route, asked?: Asked): Promise<Problem>;
  stop(): Promise<void>;
}

export async function createTestCaller(deps: {
  readonly connection: BrokerConnection;
  readonly log: Logger;
}): Promise<TestCaller> {
  const requester = await createRequester(deps);
  const send: TestCaller['send'] = (route, { query = '', timeoutMs = 20_000, ...asked } = {}) => {
    const request = { body: '', ...requestOf(route, asked), query, deadlineAt: Date.now() + timeoutMs };
    return requester.send({ version: 1, ...request, bodyEncoding: 'utf8' }, mintId('req')).reply;
  };
  return {
    send,
    ask: async (route, asked) => readAnswer(route, await send(route, asked)),
    refusal: async (route, asked) => readProblem(await send(route, asked)),
    stop: () => requester.stop(),
  };
}

function readAnswer<R extends Route>(
  route: R,
  { status, body }: ReplyEnvelope,
): R['answer']['schema']['_zod']['output'] {
  const { schema, status: usual, others = {} } = route.answer;
  const isPromised = status === usual || (status < 300 && status in others);
  if (!isPromised) throw new Error(`${route.name}: ${status} ${body}`);
  return schema.parse(JSON.parse(body));
}

function readProblem({ status, body }: ReplyEnvelope): Problem {
  if (status < 400) throw new Error(`not refused: ${status} ${body}`);
  return problemSchema.parse(JSON.parse(body));
}
