import { createTestClock } from '@cloud-gateway/clock';
import { expect } from 'chai';
import { createContextCache } from '../../src/certificates/create-context-cache.ts';
import { createLeafMinter } from '../../src/certificates/create-leaf-minter.ts';
import { exactNames, type LeafNames, widenedNames } from '../../src/certificates/leaf-names.ts';
import { createTicketKeys } from '../../src/certificates/ticket-keys.ts';
import { createTestRoot } from './test-root.ts';

describe('createContextCache', () => {
  const dayMs = 86_400_000;

  function setUp(contextsMax = 100) {
    const clock = createTestClock(Date.parse('2026-11-22T10:00:00Z'));
    const root = createTestRoot(clock);
    const realMinter = createLeafMinter({ root, clock });
    const minted: string[] = [];
    const minter = {
      ...realMinter,
      mint: (names: LeafNames) => {
        minted.push(names[0]);
        return realMinter.mint(names);
      },
    };
    const ticketKeys = createTicketKeys(root.privateKey);
    return { clock, root, minted, contexts: createContextCache({ minter, ticketKeys, clock, contextsMax }) };
  }

  it('shares a context among the hosts of one certificate', () => {
    const { contexts, minted } = setUp();
    const first = contexts.contextFor(widenedNames('one.s3.us-east-1.amazonaws.com'));
    expect(contexts.contextFor(widenedNames('two.s3.us-east-1.amazonaws.com'))).to.equal(first);
    expect(contexts.contextFor(widenedNames('one.s3.eu-west-1.amazonaws.com'))).not.to.equal(first);
    expect(minted).to.deep.equal(['*.s3.us-east-1.amazonaws.com', '*.s3.eu-west-1.amazonaws.com']);
  });

  it('forgets the least recently used one', () => {
    const { contexts, minted } = setUp(2);
    for (const host of ['a', 'b', 'a', 'c', 'a', 'b']) contexts.contextFor(exactNames(host));
    expect(minted).to.deep.equal(['a', 'b', 'c', 'b']);
    expect(contexts.size).to.equal(2);
  });

  it('makes it anew on the next day, long before the certificate expires', () => {
    const { contexts, clock, minted } = setUp();
    const names = exactNames('a');
    const first = contexts.contextFor(names);
    clock.set(Date.parse('2026-11-22T23:59:59.999Z'));
    expect(contexts.contextFor(names)).to.equal(first);
    clock.advance(1);
    expect(contexts.contextFor(names)).not.to.equal(first);
    expect(minted).to.have.length(2);
    expect(contexts.size).to.equal(1);
  });

  it('makes it anew when the clock was set back', () => {
    const { contexts, clock, minted } = setUp();
    contexts.contextFor(exactNames('a'));
    clock.advance(-3 * dayMs);
    contexts.contextFor(exactNames('a'));
    expect(minted).to.have.length(2);
  });
});
