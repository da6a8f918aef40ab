// The root of this proxy in the database, so that the API can hand it out and an operator can see whether two proxies
// sign with different ones.
import { X509Certificate } from 'node:crypto';
import type { Clock } from '@cloud-gateway/clock';
import type { Logger } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { repeatEvery } from '../repeat-every.ts';
import type { Root } from './root.ts';

export interface AnnounceRootDeps {
  readonly root: Root;
  readonly store: Pick<Store, 'read'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Goes on by itself, also through failures of the database. */
export function announceRoot({ root, store, clock, log }: AnnounceRootDeps): { stop(): Promise<void> } {
  const { subject } = new X509Certificate(root.certificatePem);
  async function announce(): Promise<void> {
    try {
      await store.read.certificateAuthorities.put({
        sha256Fingerprint: root.fingerprint256,
        subject,
        pem: root.certificatePem,
        notAfter: new Date(root.notAfterMs),
        lastSeenAt: new Date(clock.nowMs()),
      });
    } catch (err) {
      log.warn('the root certificate could not be announced; it is tried again', { err });
    }
  }
  const first = announce();
  const repetition = repeatEvery(announceEveryMs, announce);
  return {
    async stop() {
      await repetition.stop();
      await first;
    },
  };
}

const announceEveryMs = 60_000;
