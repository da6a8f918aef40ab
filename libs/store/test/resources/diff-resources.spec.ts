import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { bodyHash } from '../../src/resources/canonical-body.ts';
import {
  type AbsenceReason,
  diffResources,
  type KnownResource,
  type Look,
} from '../../src/resources/diff-resources.ts';
import { resourceIdOf } from '../../src/resources/resource-id.ts';
import { instanceBody } from '../instance-body.ts';

const scope = { cloud: 'ec2', account: 'ec2-111122223333', region: 'us-east-1' };
const poll: Look = { scope, kind: 'poll', atMs: 100_000, graceMs: 60_000, observer: null };
const request: Look = { ...poll, kind: 'request' };

function known(body: ResourceBody, fields: Partial<KnownResource> = {}): KnownResource {
  return {
    id: resourceIdOf(scope, body),
    hash: bodyHash(body),
    state: body.state,
    revision: 4,
    observedAtMs: 10_000,
    requestedAtMs: null,
    missedAtMs: null,
    observer: null,
    deleted: false,
    body,
    ...fields,
  };
}

interface Seen {
  body?: ResourceBody;
  absent?: AbsenceReason;
}

function diff(look: Look, row: KnownResource | null, { body, absent }: Seen) {
  return diffResources(look, {
    known: new Map(row === null ? [] : [[row.id, row]]),
    observed: body === undefined ? [] : [body],
    absent: absent === undefined || row === null ? [] : [{ id: row.id, reason: absent }],
  });
}

describe('diffResources', () => {
  const running = instanceBody('i-1');
  const stopped = instanceBody('i-1', { state: 'stopped', rawState: 'stopped' });
  const missed = known(running, { missedAtMs: 90_000 });
  const shared = instanceBody('i-1', { visibility: 'shared', owner: '999988887777' });
  const observing: Look = { ...poll, observer: 'ec2-public' };
  const renamed = instanceBody('i-1', { name: 'other' });

  const cases: {
    title: string;
    look?: Look;
    row: KnownResource | null;
    body?: ResourceBody;
    absent?: AbsenceReason;
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
      title: 'removes nothing that is absent for the first time',
      row: known(running),
      absent: 'absent',
      expected: [],
    },
    {
      title: 'removes nothing twice for one listing',
      row: known(running, { missedAtMs: 100_000 }),
      absent: 'absent',
      expected: [],
    },
    {
      title: 'removes what is absent again',
      row: missed,
      absent: 'absent',
      expected: ['deleted 5 running→null'],
    },
    {
      title: 'removes nothing twice',
      row: known(running, { deleted: true }),
      absent: 'destroyed',
      expected: [],
    },
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
      row: known(running, { observedAtMs: 100_001, missedAtMs: 90_000 }),
      absent: 'terminal',
      expected: [],
    },
    {
      title: 'does not remove what a request touched within the grace time',
      row: known(running, { observedAtMs: 50_000, requestedAtMs: 50_000, missedAtMs: 60_000 }),
      absent: 'absent',
      expected: [],
    },
    {
      title: 'removes it after the grace time',
      row: known(running, { observedAtMs: 40_000, requestedAtMs: 40_000, missedAtMs: 60_000 }),
      absent: 'absent',
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
      absent: 'absent',
      expected: ['deleted 5 running→null'],
    },
    {
      title: 'removes at once what has come to its end',
      row: known(running),
      absent: 'terminal',
      expected: ['deleted 5 running→null'],
    },
    {
      title: 'tells that the account has published it',
      row: known(running),
      absent: 'published',
      expected: ['published 5 running→null'],
    },
    {
      title: 'tells that another account shares something',
      row: null,
      body: shared,
      expected: ['shared 1 null→running'],
    },
    {
      title: 'tells that it no longer does',
      row: known(shared, { missedAtMs: 90_000 }),
      absent: 'absent',
      expected: ['unshared 5 running→null'],
    },
    {
      title: "does not take what the account itself shares for another's",
      row: null,
      body: { ...shared, owner: '111122223333' },
      expected: ['discovered 1 null→running'],
    },
    {
      title: 'lets nobody but its observer change what is published',
      look: observing,
      row: known(running, { observer: 'ec2-other' }),
      body: stopped,
      expected: [],
    },
    {
      title: 'lets nobody but its observer remove what is published',
      look: observing,
      row: known(running, { observer: 'ec2-other' }),
      absent: 'terminal',
      expected: [],
    },
    {
      title: 'lets a request change it',
      look: { ...observing, kind: 'request' },
      row: known(running, { observer: 'ec2-other' }),
      body: stopped,
      expected: ['state 5 running→stopped rawState,state'],
    },
    {
      title: 'lets another observe it once it is gone',
      look: observing,
      row: known(running, { observer: 'ec2-other', deleted: true }),
      body: running,
      expected: ['discovered 5 null→running'],
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
    const [change] = diff(poll, known(running), { absent: 'terminal' }).changes;

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

  it('tells which rows a listing lacks for the first time, and which it has again', () => {
    const row = known(running);

    expect(diff(poll, row, { absent: 'absent' }).missed).to.deep.equal([row.id]);
    expect(diff(poll, missed, { body: running }).seenAgain).to.deep.equal([row.id]);
    expect(diff(poll, row, { body: running }).seenAgain).to.deep.equal([]);
  });

  it('says of a tombstone why it is one', () => {
    const reasonOf = (row: KnownResource, absent: AbsenceReason) =>
      diff(poll, row, { absent }).changes[0]?.removal;

    expect(reasonOf(missed, 'absent')).to.equal('absent');
    expect(reasonOf(known(shared, { missedAtMs: 90_000 }), 'absent')).to.equal('unshared');
    expect(reasonOf(known(running), 'published')).to.equal('published');
    expect(diff(poll, null, { body: running }).changes[0]?.removal).to.equal(null);
  });

  it('takes the last of two bodies of one resource in one listing', () => {
    const { changes } = diffResources(poll, {
      known: new Map(),
      observed: [running, stopped],
      absent: [],
    });

    expect(changes.map(({ newState }) => newState)).to.deep.equal(['stopped']);
  });
});
