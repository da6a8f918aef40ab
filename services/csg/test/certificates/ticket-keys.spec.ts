import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { createTicketKeys } from '../../src/certificates/ticket-keys.ts';

describe('createTicketKeys', () => {
  const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const rootKey = newKey();

  it('gives every process of one root the same 48 bytes on one day', () => {
    const keys = createTicketKeys(rootKey).keysOf(20_000);
    expect(keys).to.have.length(48);
    expect(createTicketKeys(rootKey).keysOf(20_000)).to.deep.equal(keys);
  });

  it('gives others on another day, and to another root', () => {
    const keys = createTicketKeys(rootKey).keysOf(20_000);
    expect(createTicketKeys(rootKey).keysOf(20_001)).not.to.deep.equal(keys);
    expect(createTicketKeys(newKey()).keysOf(20_000)).not.to.deep.equal(keys);
  });

  it('has days that begin at midnight, UTC', () => {
    const { dayOf } = createTicketKeys(rootKey);
    const midnight = Date.parse('2026-11-22T00:00:00Z');
    expect(dayOf(midnight) - dayOf(midnight - 1)).to.equal(1);
    expect(dayOf(midnight + 86_399_999)).to.equal(dayOf(midnight));
  });
});
