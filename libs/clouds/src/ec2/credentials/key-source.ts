// The keys behind stored credentials: those of a user are in them, those of a role are had from STS.
//
// The keys of a role are kept and renewed in the background before they expire. While a renewal fails, the old ones go on
// until they expire. However many calls wait for the first keys of a role, STS is asked once.
import { createHash } from 'node:crypto';
import type { Clock } from '@cloud-gateway/clock';
import { type CloudCredentials, GatewayError } from '@cloud-gateway/contracts';
import { type AwsCredentials, awsCredentials, type RoleCredentials } from '../client/aws-credentials.ts';
import { orAborted } from '../client/or-aborted.ts';
import type { TemporaryKey } from './assume-role.ts';

export interface KeySourceOptions {
  readonly clock: Clock;
  /** Has its own deadline; the signal ends it earlier. */
  readonly assumeRole: (role: RoleCredentials, signal: AbortSignal) => Promise<TemporaryKey>;
  /** How many roles' keys are kept. Default 500. */
  readonly max?: number;
}

export interface KeySource {
  /** Keys that are valid now, from memory where possible. Throws GatewayError. */
  held(credentials: CloudCredentials, signal: AbortSignal): Promise<AwsCredentials>;
  /** Asks STS in any case, so that the answer says whether the role can be assumed now. Throws GatewayError. */
  fresh(credentials: CloudCredentials, signal: AbortSignal): Promise<AwsCredentials | TemporaryKey>;
  /** Ends renewals that are under way, and forgets all keys. */
  close(): void;
}

interface Held {
  readonly key: TemporaryKey;
  renewAtMs: number;
}

const renewBeforeMs = 5 * 60_000;
const renewAgainAfterMs = 10_000;

export function createKeySource({ clock, assumeRole, max = 500 }: KeySourceOptions): KeySource {
  // A Map keeps the order of insertion: what is used is put at the end, so the first one is the longest unused.
  const heldKeys = new Map<string, Held>();
  const renewals = new Map<string, Promise<TemporaryKey>>();
  const closing = new AbortController();

  function keep(id: string, key: TemporaryKey): TemporaryKey {
    const nowMs = clock.nowMs();
    const lifeMs = key.expiresAtMs - nowMs;
    heldKeys.delete(id);
    heldKeys.set(id, { key, renewAtMs: key.expiresAtMs - Math.min(renewBeforeMs, lifeMs / 2) });
    for (const [oldest] of heldKeys) {
      if (heldKeys.size <= max) break;
      heldKeys.delete(oldest);
    }
    return key;
  }

  function renewOnce(id: string, role: RoleCredentials): Promise<TemporaryKey> {
    const running = renewals.get(id);
    if (running !== undefined) return running;
    const renewal = assumeRole(role, closing.signal)
      .then((key) => (closing.signal.aborted ? key : keep(id, key)))
      .finally(() => renewals.delete(id));
    renewals.set(id, renewal);
    return renewal;
  }

  function renewInBackground(id: string, role: RoleCredentials, held: Held): void {
    held.renewAtMs = clock.nowMs() + renewAgainAfterMs;
    // The call itself has logged why; whoever needs the keys after they have expired gets the error.
    renewOnce(id, role).catch(() => undefined);
  }

  return {
    async held(credentials, signal) {
      if (credentials.kind === 'access-key') return awsCredentials(credentials);
      const id = idOf(credentials);
      const held = heldKeys.get(id);
      const nowMs = clock.nowMs();
      if (held === undefined || nowMs >= held.key.expiresAtMs) {
        return orAborted(renewOnce(id, credentials), signal, noAnswer);
      }
      heldKeys.delete(id);
      heldKeys.set(id, held);
      if (nowMs >= held.renewAtMs) renewInBackground(id, credentials, held);
      return held.key;
    },
    async fresh(credentials, signal) {
      if (credentials.kind === 'access-key') return awsCredentials(credentials);
      return keep(idOf(credentials), await assumeRole(credentials, signal));
    },
    close() {
      closing.abort();
      heldKeys.clear();
    },
  };
}

// A hash, so that no secret is kept a second time; of all of it, so that nobody gets a role's keys without its secrets.
function idOf({ roleArn, externalId = '', source }: RoleCredentials): string {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = source;
  return createHash('sha256')
    .update(JSON.stringify([roleArn, externalId, accessKeyId, secretAccessKey, sessionToken]))
    .digest('base64');
}

function noAnswer(): GatewayError {
  return new GatewayError('cloud-timeout', {
    message: 'AssumeRole: the cloud did not answer before the deadline',
  });
}
