// Events as a poll of EC2 writes them, about resources of `bench -- read`: one for each number, about 2 KB.
import { type OutboxEntry, resourceEntry } from '@cloud-gateway/store';
import { benchBody } from '../../read/store/bench-body.ts';
import { accountNumbers, identityOf } from '../../read/store/bench-store.ts';

export type BenchEvent = OutboxEntry & { readonly sequence: number };

export function benchEvent(n: number): BenchEvent {
  const identity = identityOf(n);
  const body = benchBody(identity, n);
  const sequence = Math.floor(n / accountNumbers.length) + 1;
  const entry = resourceEntry(
    {
      id: identity.id,
      kind: kinds[n % kinds.length] ?? 'updated',
      revision: 1,
      body,
      hash: '',
      oldState: n % 2 === 0 ? body.state : 'pending',
      newState: body.state,
      changedFields: ['tags.stage'],
      atMs: firstAtMs + n,
      removal: null,
      observer: null,
    },
    {
      scope: { cloud: 'ec2', account: identity.account, region: identity.region },
      sequence,
      cause: { kind: 'poll', id: 'run_01jd0000000000000000000000' },
    },
  );
  return { ...entry, sequence };
}

const kinds = ['discovered', 'updated', 'state', 'updated'] as const;
// Later than whatever is written meanwhile: a replay begins at the time of one of these.
const firstAtMs = Date.UTC(2040, 0, 1);
