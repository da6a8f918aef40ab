import type { PollUnitStatus } from '@cloud-gateway/store';
import { expect } from 'chai';
import { describePollUnits, pollUnitObject } from '../../src/output/poll-units.ts';

const nowMs = Date.parse('2026-01-01T00:10:00Z');

describe('describePollUnits', () => {
  it('tells when each is polled, and how it was', () => {
    const [head, row] = describePollUnits([unit({})], nowMs).split('\n');
    expect(head?.split(/ {2,}/)).to.deep.equal(
      'account region listing state next every last took seen changes throttles errors'.split(' '),
    );
    expect(row?.split(/ {2,}/)).to.deep.equal([
      'ec2-1',
      'us-east-1',
      'volumes',
      'ok',
      'in 30 s',
      '5 min',
      '60 s ago',
      '120 ms',
      '7',
      '2',
      '1',
      '0',
    ]);
  });

  it('says what is due, what was never polled, and what is being polled', () => {
    const due = unit({ nextAt: new Date(nowMs - 1), lastCompletedAt: null, lastDurationMs: null });
    expect(describePollUnits([due], nowMs)).to.match(/ due .* never /);
    expect(describePollUnits([unit({ owner: 'somebody' })], nowMs)).to.match(/ now /);
  });

  it('says below the table what is wrong', () => {
    const failing = { state: 'failing', lastErrorCode: 'cloud-failed', lastError: 'it is on fire' } as const;
    const told = describePollUnits([unit(failing), unit({ staleZones: ['us-east-1a'] })], nowMs);
    expect(told.split('\n').slice(3)).to.deep.equal([
      '',
      'ec2-1 us-east-1 volumes: cloud-failed: it is on fire',
      'ec2-1 us-east-1 volumes: not seen: us-east-1a',
    ]);
  });
});

describe('pollUnitObject', () => {
  it('has an error only where there is one', () => {
    expect(pollUnitObject(unit({}))).to.include({ error: null, intervalSeconds: 300, polledBy: null });
    const failed = pollUnitObject(unit({ lastErrorCode: 'cloud-failed', lastError: 'it is on fire' }));
    expect(failed['error']).to.deep.equal({ code: 'cloud-failed', message: 'it is on fire' });
  });
});

function unit(changes: Partial<PollUnitStatus>): PollUnitStatus {
  return {
    id: 1,
    cloud: 'ec2',
    accountId: 'ec2-1',
    region: 'us-east-1',
    group: 'volumes',
    types: ['volume', 'volume-attachment'],
    state: 'ok',
    intervalMs: 300_000,
    nextAt: new Date(nowMs + 30_000),
    lastStartedAt: new Date(nowMs - 60_120),
    lastCompletedAt: new Date(nowMs - 60_000),
    lastDurationMs: 120,
    lastSeen: 7,
    lastChanges: 2,
    throttles: 1,
    consecutiveFailures: 0,
    lastErrorCode: null,
    lastError: null,
    owner: null,
    staleZones: [],
    ...changes,
  } as PollUnitStatus;
}
