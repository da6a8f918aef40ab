import { inspect } from 'node:util';
import { expect } from 'chai';
import { Secret } from '../../src/config/secret.ts';

describe('Secret', () => {
  it('shows itself only when it is asked to', () => {
    const secret = new Secret('hunter2');

    expect(secret.reveal()).to.equal('hunter2');
    const shown = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }),
      inspect([secret]),
    ];
    expect(shown.join()).not.to.contain('hunter2');
    expect(Object.values(secret)).to.deep.equal([]);
  });
});
