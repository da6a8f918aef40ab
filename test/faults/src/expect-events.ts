// What a subscriber is promised: every change of every account, in order, nothing missing; repetitions have the same id.
import { type ResourceEvent, resourceEventSchema } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { ArrivedEvent } from './event-queue.ts';
import type { World } from './start-world.ts';

/**
 * Waits until these instances run and the outbox is empty, then compares what arrived with what the store has counted.
 * Returns the events without repetitions.
 */
export async function expectCompleteEvents(
  world: World,
  instanceIds: readonly string[],
): Promise<readonly ResourceEvent[]> {
  const { store, events } = world;
  const accounts = [world.account, 'ec2-public'];
  await events.until(
    async (arrived) => {
      const resourceEvents = withoutRepetitions(arrived);
      expect(instanceIds.filter((id) => lastStateOf(resourceEvents, id) !== 'running')).to.deep.equal([]);
      for (const account of accounts) {
        const known = await store.read.sequences.current(account);
        const sequences = sequencesOf(resourceEvents, account);
        expect(sequences.length, `events of ${account}`).to.equal(known);
      }
      expect(await store.read.outbox.backlog()).to.include({ count: 0 });
    },
    { timeoutMs: 90_000, intervalMs: 100 },
  );

  const resourceEvents = withoutRepetitions(events.arrived);
  for (const account of accounts) {
    const sequences = sequencesOf(resourceEvents, account);
    expect(sequences, `sequences of ${account} in their order of arrival`).to.deep.equal(
      sequences.map((_, index) => index + 1),
    );
  }
  for (const id of instanceIds) {
    const discovered = resourceEvents.filter(
      (event) => event.cloudId === id && event.change === 'discovered',
    );
    expect(discovered, `discoveries of ${id}`).to.have.length(1);
  }
  return resourceEvents;
}

/** Events about resources, each as it came first. */
export function withoutRepetitions(arrived: readonly ArrivedEvent[]): ResourceEvent[] {
  const first = new Map<string, ArrivedEvent>();
  for (const event of arrived) if (!first.has(event.id)) first.set(event.id, event);
  return [...first.values()]
    .filter(({ routingKey }) => !routingKey.startsWith('v1.gateway.'))
    .map(({ payload }) => resourceEventSchema.parse(payload));
}

function sequencesOf(events: readonly ResourceEvent[], account: string): number[] {
  return events.filter((event) => event.account === account).map(({ sequence }) => sequence);
}

function lastStateOf(events: readonly ResourceEvent[], cloudId: string): string | null | undefined {
  return events.filter((event) => event.cloudId === cloudId).at(-1)?.newState;
}
