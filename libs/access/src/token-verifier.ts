// Who is calling: an Authorization header becomes a Caller, or a refusal that says what to do. The cheapest look comes
// first: the form and checksum of the text, then what was verified a moment ago, then the database.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Caller } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import type { Token } from '@cloud-gateway/store';
import { hashToken } from '@cloud-gateway/vault';
import { createBriefCache } from './brief-cache.ts';
import { readBearerToken } from './read-bearer-token.ts';

export interface TokenVerifier {
  /** Throws `unauthenticated`, or `unavailable` when the database cannot be asked. */
  verify(authorization: string | undefined): Promise<Caller>;
  /** The next verify of this token asks the database again. */
  forget(tokenId: string): void;
  forgetClient(clientId: string): void;
  forgetAll(): void;
}

export interface TokenVerifierOptions {
  readonly store: {
    readonly read: { readonly tokens: { findByHash(hash: Buffer): Promise<Token | undefined> } };
  };
  readonly clock: { nowMs(): number };
  readonly log: Logger;
  /**
   * How long a verified token is remembered. Default 900: a revoked one is refused within a second even where the event
   * comes late, because the relay has died or has much to publish.
   */
  readonly cacheMs?: number;
  /** How many tokens are remembered. Default 10 000. */
  readonly entriesMax?: number;
  /** Whether revocations are being heard. While they are not, every verify asks the database. */
  readonly subscribed: () => boolean;
}

export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { store, clock, log, cacheMs = 900, entriesMax = 10_000, subscribed } = options;
  const nowMs = () => clock.nowMs();
  const cache = createBriefCache<Verified>({ ttlMs: cacheMs, entriesMax, nowMs });

  async function look(hash: Buffer): Promise<Verified | undefined> {
    const token = await store.read.tokens.findByHash(hash);
    return token && { token, caller: toCaller(token) };
  }

  return {
    async verify(authorization) {
      const hash = hashToken(readBearerToken(authorization));
      const verified = subscribed()
        ? await cache.get(hash.toString('base64'), () => look(hash))
        : await look(hash);
      const refusal = refusalOf(verified?.token, nowMs());
      if (refusal !== undefined) {
        log.debug('a token was refused', { tokenId: verified?.token.id, reason: refusal });
        throw new GatewayError('unauthenticated', { message: refusal });
      }
      // refusalOf refuses when there is none.
      return (verified as Verified).caller;
    },
    forget: (tokenId) => cache.forget(({ token }) => token.id === tokenId),
    forgetClient: (clientId) => cache.forget(({ token }) => token.clientId === clientId),
    forgetAll: () => cache.forgetAll(),
  };
}

interface Verified {
  readonly token: Token;
  readonly caller: Caller;
}

function refusalOf(token: Token | undefined, nowMs: number): string | undefined {
  if (token === undefined) {
    return 'This token is not known here: it was issued by another gateway, or expired long ago. Make a new one with POST /v1/tokens.';
  }
  if (token.clientDisabledAt !== null) return 'The client of this token is disabled. Ask an administrator.';
  if (token.revokedAt !== null) {
    return `This token was revoked at ${token.revokedAt.toISOString()}. Make a new one with POST /v1/tokens.`;
  }
  if (token.expiresAt.getTime() <= nowMs) {
    return `This token expired at ${token.expiresAt.toISOString()}. Make a new one with POST /v1/tokens.`;
  }
  return undefined;
}

function toCaller({ id, clientId, organizationId, permissions }: Token): Caller {
  return { clientId, organizationId, tokenId: id, permissions: new Set(permissions) };
}
