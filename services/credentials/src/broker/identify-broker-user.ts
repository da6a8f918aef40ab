// Who logs in at the broker: user = client id; password = a token, or the client's secret, which is good for nothing but
// asking for a token. Always looked up, never remembered: a revoked token must not get in again, or the closing of its
// connections would be worth nothing.
import { type ErrorCode, isGatewayError } from '@cloud-gateway/contracts';
import type { Repositories, Token } from '@cloud-gateway/store';
import { hashToken, isWellFormedToken, tokenPrefixes } from '@cloud-gateway/vault';
import { type AuthenticateClientDeps, authenticateClient } from '../authenticate-client.ts';
import { isClientId } from '../is-client-id.ts';
import type { LoginQuestion } from './broker-question.ts';
import { type BrokerTag, brokerTags } from './broker-tags.ts';

export interface IdentifyDeps extends AuthenticateClientDeps {
  readonly store: AuthenticateClientDeps['store'] & { readonly read: Pick<Repositories, 'brokerLogins'> };
}

export type Identified =
  | { readonly tags: readonly BrokerTag[] }
  /** For the log, not for the client: RabbitMQ tells him nothing but that it was refused. */
  | { readonly refused: string };

/** Rejects when the database cannot be asked. */
export async function identifyBrokerUser(deps: IdentifyDeps, login: LoginQuestion): Promise<Identified> {
  if (!isClientId(login.username)) return { refused: "the user is no client's id" };
  if (isWellFormedToken(login.password, tokenPrefixes.token)) return identifyByToken(deps, login);
  if (isWellFormedToken(login.password, tokenPrefixes.clientSecret)) return identifyBySecret(deps, login);
  return { refused: "the password is neither a token nor a client's secret" };
}

async function identifyByToken(
  { store, clock }: IdentifyDeps,
  { username, password }: LoginQuestion,
): Promise<Identified> {
  const at = new Date(clock.nowMs());
  const token = await store.read.tokens.findByHash(hashToken(password));
  const refused = refusalOf(token, username, at);
  if (token === undefined || refused !== undefined) return { refused: refused ?? unknownToken };
  const { clientId, id: tokenId, expiresAt, permissions } = token;
  // Before the answer: a connection that is not written down would outlive its token. A token that is revoked just now
  // is found by the written row, however the two fall.
  await store.read.brokerLogins.note({ clientId, tokenId, at, expiresAt });
  const mayRead = permissions.includes('resources:read');
  return { tags: mayRead ? [brokerTags.client, brokerTags.events] : [brokerTags.client] };
}

function refusalOf(token: Token | undefined, username: string, at: Date): string | undefined {
  if (token === undefined) return unknownToken;
  if (token.clientId !== username) return "the token is another client's";
  if (token.clientDisabledAt !== null) return 'the client is disabled';
  if (token.revokedAt !== null) return 'the token is revoked';
  if (token.expiresAt <= at) return 'the token has expired';
  return undefined;
}

const unknownToken = 'the token is unknown';

async function identifyBySecret(deps: IdentifyDeps, login: LoginQuestion): Promise<Identified> {
  const { username: clientId, password: clientSecret } = login;
  try {
    await authenticateClient(deps, { clientId, clientSecret, requestId: undefined });
  } catch (err) {
    const refused = isGatewayError(err) ? refusals[err.code] : undefined;
    if (refused === undefined) throw err;
    return { refused };
  }
  const at = new Date(deps.clock.nowMs());
  await deps.store.read.brokerLogins.note({ clientId, tokenId: null, at, expiresAt: null });
  return { tags: [brokerTags.login] };
}

const refusals: Partial<Readonly<Record<ErrorCode, string>>> = {
  unauthenticated: 'unknown client or wrong secret',
  'too-many-requests': 'too many failures',
  overloaded: 'too many log in at once',
};
