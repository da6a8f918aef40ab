// The verifier and its ear for revocations, put together: what a service needs to authenticate its requests.
import type { BrokerConnection } from '@cloud-gateway/messaging';
import { subscribeToRevocations } from './subscribe-to-revocations.ts';
import { createTokenVerifier, type TokenVerifier, type TokenVerifierOptions } from './token-verifier.ts';

export interface RunningTokenVerifier extends TokenVerifier {
  /** From now on nothing is remembered, and every verify asks the database. */
  stop(): Promise<void>;
}

export async function startTokenVerifier(
  options: Omit<TokenVerifierOptions, 'subscribed'> & { readonly connection: BrokerConnection },
): Promise<RunningTokenVerifier> {
  const { connection, log } = options;
  // The two need each other; until the subscription is there, nothing is heard.
  let subscribed = () => false;
  const verifier = createTokenVerifier({ ...options, subscribed: () => subscribed() });
  const subscription = await subscribeToRevocations({ connection, verifier, log });
  subscribed = () => subscription.connected();
  return { ...verifier, stop: () => subscription.stop() };
}
