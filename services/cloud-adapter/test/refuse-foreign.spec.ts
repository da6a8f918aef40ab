import type { ResourceType } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { refuseForeign } from '../src/refuse-foreign.ts';

const asking = { call: 'share', cloudAccountId: '1' } as const;

describe('refuseForeign', () => {
  for (const [type, owner, isRefused] of [
    ['image', '1', false],
    ['image', '2', true],
    ['volume-snapshot', '2', true],
    ['image', null, false],
    // Lent to the account: the cloud knows what may be done with it.
    ['subnet', '2', false],
  ] as const satisfies [ResourceType, string | null, boolean][]) {
    it(`${isRefused ? 'refuses' : 'lets pass'} a ${type} of the account ${owner}`, () => {
      const refuse = () => refuseForeign({ type, cloudId: 'x-1', owner }, asking);

      if (isRefused) expect(refuse).to.throw('belongs to the account 2').with.property('code', 'not-owner');
      else expect(refuse).not.to.throw();
    });
  }
});
