import type { ChangeKind, OutgoingEvent, ResourceBody } from '@cloud-gateway/contracts';
import { resourceEntry, resourceIdOf } from '@cloud-gateway/store';
import { sampleImage, sampleInstance } from './sample-bodies.ts';
import { sampleAccount, sampleId, sampleTime } from './sample-ids.ts';

type Change = Pick<
  Parameters<typeof resourceEntry>[0],
  'body' | 'oldState' | 'newState' | 'changedFields' | 'revision'
>;

const scope = { cloud: 'ec2', account: sampleAccount, region: 'us-east-1' };
const pending: ResourceBody = {
  ...sampleInstance,
  state: 'pending',
  rawState: 'pending',
  publicAddresses: [],
};
const terminated: ResourceBody = { ...sampleInstance, state: 'terminated', rawState: 'terminated' };
const imageOfAnother: ResourceBody = { ...sampleImage, visibility: 'shared', owner: '210987654321' };

const changes: Readonly<Record<ChangeKind, Change>> = {
  discovered: appeared(pending, 1),
  state: {
    body: sampleInstance,
    oldState: 'pending',
    newState: 'running',
    changedFields: ['publicAddresses', 'rawState', 'state'],
    revision: 2,
  },
  updated: {
    body: { ...sampleInstance, tags: { ...sampleInstance.tags, team: 'checkout' } },
    oldState: 'running',
    newState: 'running',
    changedFields: ['tags'],
    revision: 3,
  },
  deleted: disappeared(terminated, 6),
  published: disappeared(sampleImage, 2),
  shared: appeared(imageOfAnother, 1),
  unshared: disappeared(imageOfAnother, 2),
};

/** Made as the store makes them from what a look at the cloud has shown. */
export function sampleResourceEvents(): ReadonlyMap<ChangeKind, OutgoingEvent> {
  const kinds = Object.keys(changes) as ChangeKind[];
  return new Map(kinds.map((kind) => [kind, eventOf(kind, changes[kind])]));
}

function eventOf(kind: ChangeKind, change: Change): OutgoingEvent {
  const id = resourceIdOf(scope, change.body);
  const cause =
    kind === 'updated'
      ? ({ kind: 'request', id: sampleId('req') } as const)
      : ({ kind: 'poll', id: `${sampleId('unit')}.17` } as const);
  return resourceEntry(
    { ...change, id, kind, atMs: Date.parse(sampleTime), hash: '', removal: null, observer: null },
    { scope, sequence: 10_400 + change.revision, cause },
  );
}

function appeared(body: ResourceBody, revision: number): Change {
  return { body, oldState: null, newState: body.state, changedFields: [], revision };
}

function disappeared(body: ResourceBody, revision: number): Change {
  return { body, oldState: body.state, newState: null, changedFields: [], revision };
}
