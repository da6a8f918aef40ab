import type { AnyEvent } from '@cloud-gateway/client';
import { expect } from 'chai';
import { eventLine } from '../../src/events/event-line.ts';

describe('eventLine', () => {
  it('tells when, whose, what, how it changed, and why', () => {
    const event = {
      observedAt: '2026-01-01T00:00:00.000Z',
      account: 'ec2-1',
      resourceType: 'instance',
      cloudId: 'i-1',
      change: 'state',
      oldState: 'pending',
      newState: 'running',
      revision: 2,
      changedFields: ['state', 'rawState', 'publicAddresses'],
      cause: { kind: 'request', id: 'req_1' },
    } as unknown as AnyEvent;
    expect(eventLine(event).replaceAll(/ {2,}/g, ' | ')).to.equal(
      '2026-01-01T00:00:00.000Z | ec2-1 | instance | i-1 | state | pending → running | publicAddresses | by request req_1',
    );
  });

  it('tells who has missed events what to ask', () => {
    const event = {
      subject: 'subscription.dropped',
      scope: 'ec2-1',
      at: '2026-01-01T00:00:00.000Z',
      details: { subscriptionId: 'sub_1', dropped: 3, accounts: [{ account: 'ec2-1', syncFrom: 41 }] },
    } as unknown as AnyEvent;
    expect(eventLine(event)).to.match(/GET \/v1\/sync\?account=ec2-1&since=41 tells what has changed\.$/);
  });
});
