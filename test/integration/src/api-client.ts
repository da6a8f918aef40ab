// One API client at one door. Whatever it is answered has to be what the route table promises.
import {
  accountProveRoute,
  buildOpenApi,
  clientCreateRoute,
  errorCodes,
  type Permission,
  type Problem,
  problemContentType,
  problemSchema,
  type Route,
  tokenCreateRoute,
} from '@cloud-gateway/contracts';
import { type RequestParts, rememberSecret, requestOf } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { Door, DoorAnswer } from './door.ts';
import type { Gateway } from './start-gateway.ts';

export interface Asked extends Omit<RequestParts, 'token'> {
  readonly query?: string;
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ApiClient {
  readonly door: Door;
  readonly token: string | undefined;
  /** The answer as it came. */
  send(route: Route, asked?: Asked): Promise<DoorAnswer>;
  /** The body of the answer that the route promises; throws for any other. */
  ask<R extends Route>(route: R, asked?: Asked): Promise<R['answer']['schema']['_zod']['output']>;
  /** The problem of an answer that is one; throws for any other. */
  refusal(route: Route, asked?: Asked): Promise<Problem>;
}

export function createApiClient(door: Door, token?: string): ApiClient {
  const send = (route: Route, { query, ...asked }: Asked = {}) =>
    door.send({ ...requestOf(route, { ...asked, token }), ...(query !== undefined && { query }) });
  return {
    door,
    token,
    send,
    ask: async (route, asked) => readAnswer(route, await send(route, asked)),
    refusal: async (route, asked) => {
      const problem = readProblem(await send(route, asked));
      expectNamed(route, problem.status);
      return problem;
    },
  };
}

/** A client made by the administrator, with the secret that it logs in with. */
export async function createCredentials(
  gateway: Gateway,
  door: Door,
  permissions?: readonly Permission[],
): Promise<Credentials> {
  const administrator = await logIn(door, gateway.administrator);
  const { id, secret } = await administrator.ask(clientCreateRoute, {
    body: { name: 'integration', ...(permissions && { permissions }) },
  });
  rememberSecret(secret);
  return { clientId: id, clientSecret: secret };
}

export async function logIn(
  door: Door,
  { clientId, clientSecret }: Credentials,
  narrowed: { readonly permissions?: readonly Permission[] } = {},
): Promise<ApiClient> {
  const { token } = await createApiClient(door).ask(tokenCreateRoute, {
    body: { clientId, clientSecret, ...narrowed },
  });
  rememberSecret(token);
  return createApiClient(door, token);
}

/** A new client that has logged in. */
export async function newClient(gateway: Gateway, door: Door): Promise<ApiClient> {
  return logIn(door, await createCredentials(gateway, door));
}

export async function prove(gateway: Pick<Gateway, 'user'>, client: ApiClient): Promise<void> {
  await client.ask(accountProveRoute, { body: proofOf(gateway) });
}

export function proofOf({ user: { accessKeyId, secretAccessKey } }: Pick<Gateway, 'user'>) {
  return { cloud: 'ec2', credentials: { kind: 'access-key' as const, accessKeyId, secretAccessKey } };
}

export function readProblem({ status, headers, body }: DoorAnswer): Problem {
  const problem = problemSchema.parse(JSON.parse(body));
  expect(headers['content-type']).to.match(new RegExp(`^${problemContentType.replace('+', '\\+')}`));
  expect(problem.status, body).to.equal(status);
  const { status: documented, retryable, title, remedy } = errorCodes[problem.code];
  expect(problem, body).to.include({ status: documented, retryable, title, remedy });
  expect(problem.requestId, 'the id under which the log knows it').to.be.a('string');
  if (retryable) expect(headers['retry-after'], 'when to try again').to.match(/^\d+$/);
  return problem;
}

/** The OpenAPI document names this status for this route. */
export function expectNamed(route: Route, status: number): void {
  const { paths } = buildOpenApi([route]) as { paths: Record<string, Record<string, { responses: object }>> };
  const operations = Object.values(paths).flatMap((byMethod) => Object.values(byMethod));
  const named = operations.flatMap(({ responses }) => Object.keys(responses).map(Number));
  expect(named, `the statuses that ${route.name} names`).to.include(status);
}

function readAnswer<R extends Route>(
  route: R,
  { status, headers, body }: DoorAnswer,
): R['answer']['schema']['_zod']['output'] {
  expect(successesOf(route), `${route.name}: ${status} ${withoutSecrets(status, body)}`).to.include(status);
  expect(headers['content-type']).to.equal('application/json; charset=utf-8');
  const json: unknown = JSON.parse(body);
  const parsed = route.answer.schema.parse(json);
  expect(parsed, `${route.name} answers nothing that is not documented`).to.deep.equal(json);
  return parsed;
}

function successesOf({ answer }: Route): number[] {
  return [answer.status, ...Object.keys(answer.others ?? {}).map(Number)].filter((status) => status < 300);
}

// The answer to a log-in is a secret itself.
function withoutSecrets(status: number, body: string): string {
  return status < 300 ? 'another success' : body;
}
