import { expect } from 'chai';
import { createIdIndex } from '../../src/compute/id-index.ts';

describe('createIdIndex', () => {
  it('agrees with a sorted set, whatever is added and deleted', () => {
    const index = createIdIndex();
    const model = new Set<string>();
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let step = 0; step < 2000; step++) {
      const id = `i-${random(300)}`;
      if (random(3) === 0) {
        index.delete(id);
        model.delete(id);
      } else {
        index.add(id);
        model.add(id);
      }
      if (random(10) > 0) continue;
      const after = random(2) === 0 ? '' : `i-${random(300)}`;
      const expected = [...model].filter((each) => each > after).sort();
      expect([...index.after(after)]).to.deep.equal(expected);
    }
  });

  it('does not disturb who walks along it', () => {
    const index = createIdIndex();
    for (const id of ['a', 'b', 'c']) index.add(id);
    const walked: string[] = [];
    for (const id of index.after('')) {
      walked.push(id);
      index.delete('b');
      index.add('bb');
      expect([...index.after('')]).to.deep.equal(['a', 'bb', 'c']);
    }

    expect(walked).to.deep.equal(['a', 'b', 'c']);
  });
});
