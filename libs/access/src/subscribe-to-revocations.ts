// Hears of revoked tokens, so that what the verifier remembers of them is dropped in every process within moments.
import { administrativeEventRoutingKey, administrativeEventSchema } from '@cloud-gateway/contracts';
import { type BrokerConnection, subscribeEvents } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import type { TokenVerifier } from './token-verifier.ts';

export interface RevocationSubscriptionOptions {
  readonly connection: BrokerConnection;
  readonly verifier: Pick<TokenVerifier, 'forget' | 'forgetClient' | 'forgetAll'>;
  readonly log: Logger;
}

export interface RevocationSubscription {
  /** False while revocations may be passing unheard: what `subscribed` of the verifier has to say. */
  connected(): boolean;
  stop(): Promise<void>;
}

export async function subscribeToRevocations(
  options: RevocationSubscriptionOptions,
): Promise<RevocationSubscription> {
  const { connection, verifier, log } = options;
  const subscription = await subscribeEvents({
    connection,
    bindings: [administrativeEventRoutingKey({ subject: 'token.revoked', scope: '*' })],
    onEvent: (payload) => hear(payload, verifier),
    log,
  });
  const forgetter = forgetAfterGaps(verifier);
  await connection.attach(forgetter);

  return {
    connected: () => subscription.connected(),
    async stop() {
      connection.detach(forgetter);
      await subscription.stop();
    },
  };
}

function hear(payload: unknown, verifier: RevocationSubscriptionOptions['verifier']): void {
  const event = administrativeEventSchema.parse(payload);
  if (event.subject !== 'token.revoked') return;
  const { tokenIds = [], clientId } = event.details;
  for (const tokenId of tokenIds) verifier.forget(tokenId);
  if (clientId !== undefined) verifier.forgetClient(clientId);
}

// A revocation may have passed while the broker was away. Components are opened in the order of attachment, so when
// this one is opened the subscription hears again already, and nothing remembered from before is left.
function forgetAfterGaps(verifier: Pick<TokenVerifier, 'forgetAll'>) {
  return {
    name: 'forget verified tokens',
    open: async () => verifier.forgetAll(),
    lost: () => verifier.forgetAll(),
  };
}
