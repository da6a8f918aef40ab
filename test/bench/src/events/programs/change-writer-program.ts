// Another process that writes changes, as the poller of another account or the handler of a request does: one transaction
// for each change.
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '@cloud-gateway/runtime';
import { applyChanges, openStore, type Store } from '@cloud-gateway/store';
import { benchBody } from '../../read/store/bench-body.ts';
import { identityOf } from '../../read/store/bench-store.ts';
import { monotonicMs } from '../run/monotonic-ms.ts';

export type ChangeWriterMethods = ReturnType<typeof createChangeWriterProgram>;

/** So many resources change in turns, of ten accounts: others than those of benchEvent(). */
const resources = 50;
const firstNumber = 1_000_000_000;

export function createChangeWriterProgram() {
  let store: Store | undefined;
  let written = 0;

  return {
    start({ databaseUrl }: { readonly databaseUrl: string }): void {
      const log = createLogger({ service: 'change-writer', level: 'warn', destination: process.stderr });
      store = openStore({ databaseUrl, log });
    },

    /** At random times; gives when each commit had returned, by the id of the event. */
    async write({
      count,
      perSecond,
    }: {
      readonly count: number;
      readonly perSecond: number;
    }): Promise<Record<string, number>> {
      if (!store) throw new Error('start comes first');
      const committedAtMs: Record<string, number> = {};
      for (let at = 0; at < count; at++) {
        // Independent of the relay's own rhythm: the pauses of a Poisson process.
        await delay((-Math.log(1 - Math.random()) * 1_000) / perSecond);
        const id = await writeOne(store, written++);
        committedAtMs[id] = monotonicMs();
      }
      return committedAtMs;
    },
  };
}

/** Gives the id of its event. */
async function writeOne(store: Store, n: number): Promise<string> {
  const number = firstNumber + (n % resources);
  const identity = identityOf(number);
  const { account, region } = identity;
  const revision = Math.floor(n / resources) + 1;
  const body = benchBody(identity, number);
  await store.inTransaction((tx) =>
    applyChanges(tx, {
      scope: { cloud: 'ec2', account, region },
      cause: { kind: 'request', id: `req_bench_${n}` },
      startedAtMs: null,
      observed: [{ ...body, tags: { ...body.tags, revision: String(revision) } }],
    }),
  );
  return `${identity.id}.${revision}`;
}
