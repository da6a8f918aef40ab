import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { bodyHash } from '../../src/resources/canonical-body.ts';
import { diffResources, type KnownResource, type Look } from '../../src/resources/diff-resources.ts';
import { resourceIdOf } from '../../src/resources/resource-id.ts';
import { instanceBody } from '../instance-body.ts';

const scope = { cloud: 'ec2', account: 'ec2-111122223333', region: 'us-east-1' };
const poll: Look = { scope, kind: 'poll', atMs: 100_000, graceMs: 60_000 };
const request: Look = { ...poll, kind: 'request' };

function known(body: ResourceBody, fields: Partial<KnownResource> = {}): KnownResource {
  return {
    id: resourceIdOf(scope, body),
    hash: bodyHash(body),
    state: body.state,
    revision: 4,
    observedAtMs: 10_000,
    requestedAtMs: null,
    deleted: false,
    body,
    ...fields,
  };
}

function diff(look: Look, row: KnownResource | null, seen: { body?: ResourceBody; absent?: boolean }) {
  return diffResources(look, {
    known: new Map(row === null ? [] : [[row.id, row]]),
    observed: seen.body === undefined ? [] : [seen.body],
    absentIds: seen.absent === true && row !== null ? [row.id] : [],
  });
}

describe('diffResources', () => {
  const running = instanceBody('i-1');
  const stopped = instanceBody('i-1', { state: 'stopped', rawState: 'stopped' });
  const renamed = instanceBody('i-1', { name: 'other' });

  const cases: {
    title: string;
    look?: Look;
    row: KnownResource | null;
    body?: ResourceBody;
    absent?: boolean;
    expected: string[];
  }[] = [
    { title: 'discovers what is new', row: null, body: running, expected: ['discovered 1 null→running'] },
    { title: 'says nothing of an equal body', row: known(running), body: running, expected: [] },
    {
      title: 'tells a change of state',
      row: known(running),
      body: stopped,
      expected: ['state 5 running→stopped rawState,state'],
    },
    {
      title: 'tells any other change',
      row: known(running),
      body: renamed,
      expected: ['updated 5 running→running name'],
    },
    {
      title: 'removes what is absent',
      row: known(running),
      absent: true,
      expected: ['deleted 5 running→null'],
    },
    { title: 'removes nothing twice', row: known(running, { deleted: true }), absent: true, expected: [] },
    {
      title: 'goes on counting revisions when something returns',
      row: known(running, { deleted: true }),
      body: running,
      expected: ['discovered 5 null→running'],
    },
    {
      title: 'does not overwrite a row that was observed after the listing began',
      row: known(running, { observedAtMs: 100_001 }),
      body: stopped,
      expected: [],
    },
    {
      title: 'does not overwrite a row that was observed in the millisecond in which it began',
      row: known(running, { observedAtMs: 100_000 }),
      body: stopped,
      expected: [],
    },
    {
      title: 'does not remove a row that was observed after the listing began',
      row: known(running, { observedAtMs: 100_001 }),
      absent: true,
      expected: [],
    },
    {
      title: 'does not remove what a request touched within the grace time',
      row: known(running, { observedAtMs: 50_000, requestedAtMs: 50_000 }),
      absent: true,
      expected: [],
    },
    {
      title: 'removes it after the grace time',
      row: known(running, { observedAtMs: 40_000, requestedAtMs: 40_000 }),
      absent: true,
      expected: ['deleted 5 running→null'],
    },
    {
      title: 'does not bring back what a request removed within the grace time',
      row: known(running, { deleted: true, observedAtMs: 50_000, requestedAtMs: 50_000 }),
      body: running,
      expected: [],
    },
    {
      title: 'changes within the grace time what is still there',
      row: known(running, { observedAtMs: 50_000, requestedAtMs: 50_000 }),
      body: stopped,
      expected: ['state 5 running→stopped rawState,state'],
    },
    {
      title: "believes a request's answer, however new the row is",
      look: request,
      row: known(running, { observedAtMs: 100_001 }),
      body: stopped,
      expected: ['state 5 running→stopped rawState,state'],
    },
    {
      title: 'removes by a request without a grace time',
      look: request,
      row: known(running, { observedAtMs: 99_000, requestedAtMs: 99_000 }),
      absent: true,
      expected: ['deleted 5 running→null'],
    },
  ];
  for (const { title, look = poll, row, body, absent, expected } of cases) {
    it(title, () => {
      const { changes } = diff(look, row, { ...(body && { body }), ...(absent && { absent }) });

      expect(
        changes.map((change) =>
          `${change.kind} ${change.revision} ${change.oldState}→${change.newState} ${change.changedFields.join(',')}`.trim(),
        ),
      ).to.deep.equal(expected);
    });
  }

  it('keeps the last body of what is deleted', () => {
    const [change] = diff(poll, known(running), { absent: true }).changes;

    expect(change?.body).to.deep.equal(running);
  });

  it('never lets a revision begin before the one before it', () => {
    const [change] = diff(request, known(running, { observedAtMs: 100_500 }), { body: stopped }).changes;

    expect(change?.atMs).to.equal(100_500);
  });

  it('notes that a request saw a row unchanged, a listing does not', () => {
    const row = known(running);

    expect(diff(request, row, { body: running }).seenUnchanged).to.deep.equal([row.id]);
    expect(diff(poll, row, { body: running }).seenUnchanged).to.deep.equal([]);
  });

  it('takes the last of two bodies of one resource in one listing', () => {
    const { changes } = diffResources(poll, {
      known: new Map(),
      observed: [running, stopped],
      absentIds: [],
    });

    expect(changes.map(({ newState }) => newState)).to.deep.equal(['stopped']);
  });
});
