// At rest, everybody has the same: the cloud itself, the store, who follows the events, and who follows GET /v1/sync.
// What is compared comes from the gateway's API and from the simulator's own state.
import { isDeepStrictEqual } from 'node:util';
import type { ResourceType } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { CloudResource } from './cloud-resource.ts';
import { bodyOf, type Document, listEverything } from './documents.ts';
import { followEvents } from './follow-events.ts';
import type { SyncFollower } from './follow-sync.ts';
import type { PropertyWorld } from './property-world.ts';
import { witnessName } from './witness.ts';

/** Waits for what time still changes: a terminated instance vanishes, an event is on its way. */
export async function expectAgreement(
  property: PropertyWorld,
  followers: readonly SyncFollower[],
  { timeoutMs }: { timeoutMs: number },
): Promise<void> {
  const { world, place } = property;
  const isOurs = (one: Pick<Document, 'type' | 'account' | 'owner'>) => isCompared(one, place.accountId);
  await eventually(
    async () => {
      const documents = (await listEverything(world.api, world.account)).filter(isOurs);
      expect(differences(documents, property.resources()), 'the store and the cloud').to.deep.equal([]);
      await world.events.drain();
      const { present } = followEvents(world.events.arrived);
      const byEvents = [...present.values()].map((event) => ({
        ...event.body,
        id: event.resourceId,
        revision: event.revision,
        sequence: event.sequence,
        account: event.account === world.account ? event.account : null,
      }));
      expect(copyDifferences(documents, byEvents.filter(isOurs)), 'who follows events').to.deep.equal([]);
      for (const follower of followers) await follower.catchUp();
      const synced = followers.flatMap(({ copy }) => [...copy.values()]).filter(isOurs);
      expect(copyDifferences(documents, synced), 'who follows sync').to.deep.equal([]);
      return true;
    },
    { timeoutMs, intervalMs: 200, message: 'Everybody has the same' },
  );
}

const catalogues: ReadonlySet<ResourceType> = new Set(['datacenter', 'instance-type', 'volume-type']);

/** The cloud's own catalogue is the same for everybody: no step changes it. */
function isCompared(
  { type, account, owner }: Pick<Document, 'type' | 'account' | 'owner'>,
  accountId: string,
): boolean {
  return !catalogues.has(type) && (account !== null || owner === accountId);
}

/** In words, so that whoever reads them need not search through two long lists. */
function differences(documents: readonly Document[], resources: readonly CloudResource[]): string[] {
  const stored = new Map(documents.map((document) => [nameOf(document), document]));
  const inCloud = new Map(resources.map((resource) => [witnessName(resource), resource]));
  const unknown = [...inCloud.keys()]
    .filter((name) => !stored.has(name))
    .map((name) => `not in the store: ${name}`);
  const gone = [...stored.keys()]
    .filter((name) => !inCloud.has(name))
    .map((name) => `not in the cloud: ${name}`);
  const wrong = [...inCloud].flatMap(([name, { fields }]) => {
    const document = stored.get(name);
    if (document === undefined) return [];
    return Object.entries(fields)
      .filter(([field, value]) => !isDeepStrictEqual(document[field], value))
      .map(
        ([field, value]) =>
          `${name}: ${field} is ${JSON.stringify(document[field])}, not ${JSON.stringify(value)}`,
      );
  });
  return [...unknown, ...gone, ...wrong].sort();
}

function copyDifferences(documents: readonly Document[], copy: readonly Document[]): string[] {
  const copied = new Map(copy.map((one) => [one.id, one]));
  const stored = new Set(documents.map(({ id }) => id));
  const extra = copy.filter(({ id }) => !stored.has(id)).map((one) => `should be gone: ${nameOf(one)}`);
  const wrong = documents.flatMap((document) => {
    const one = copied.get(document.id);
    if (one === undefined) return [`missing: ${nameOf(document)}`];
    const { revision, sequence } = document;
    const isEqual =
      one.revision === revision &&
      one.sequence === sequence &&
      isDeepStrictEqual(bodyOf(one), bodyOf(document));
    return isEqual ? [] : [`${nameOf(document)}: ${JSON.stringify(one)} is not ${JSON.stringify(document)}`];
  });
  return [...extra, ...wrong];
}

function nameOf({ account, type, cloudId }: Document): string {
  return witnessName({ keptIn: account === null ? 'public' : 'own', type, cloudId });
}
