// Every change came as one event, in order and without a gap, and nothing that lives was ever said to be gone.
import type { ResourceEvent } from '@cloud-gateway/contracts';
import { publishedAccountId } from '@cloud-gateway/store';
import { expect } from 'chai';
import { followEvents } from './follow-events.ts';
import type { PropertyWorld } from './property-world.ts';
import { witnessName } from './witness.ts';

/** Returns how many events there are; of the first `judgedBefore` it is not asked again whether they were true. */
export async function expectTruthfulEvents(
  { world, witness }: PropertyWorld,
  judgedBefore: number,
): Promise<number> {
  const { store, events, account } = world;
  await events.until(
    async (arrived) => {
      const followed = followEvents(arrived);
      for (const name of [account, publishedAccountId('ec2')]) {
        const count = followed.events.filter((event) => event.account === name).length;
        expect(count, `events of ${name}`).to.equal(await store.read.sequences.current(name));
      }
      expect(await store.read.outbox.backlog()).to.include({ count: 0 });
    },
    { timeoutMs: 30_000, intervalMs: 100 },
  );
  witness.look();
  const followed = followEvents(events.arrived);
  expect(followed.faults, 'faults of the events').to.deep.equal([]);
  const untrue = followed.events.slice(judgedBefore).filter((event) => isUntrue(witness, event, account));
  expect(untrue.map(inShort), 'what was said to be gone and was there').to.deep.equal([]);
  return followed.events.length;
}

/** It says that something is gone which was there all the time, or published which never was. */
function isUntrue(witness: PropertyWorld['witness'], event: ResourceEvent, account: string): boolean {
  const { change, resourceType: type, cloudId, observedAt } = event;
  if (change === 'published') return !witness.wasSeen(witnessName({ keptIn: 'public', type, cloudId }));
  if (change !== 'deleted' && change !== 'unshared') return false;
  const keptIn = event.account === account ? 'own' : 'public';
  return !witness.mayHaveEnded(witnessName({ keptIn, type, cloudId }), Date.parse(observedAt));
}

function inShort({
  account,
  resourceType,
  cloudId,
  change,
  revision,
  oldState,
  observedAt,
  cause,
}: ResourceEvent) {
  return `${account} ${resourceType} ${cloudId} ${change} from ${oldState} at ${observedAt} (revision ${revision}, ${cause.kind} ${cause.id})`;
}
