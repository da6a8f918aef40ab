import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { benchBody } from '../../src/read/store/bench-body.ts';
import { accountNumbers, identityOf, regions } from '../../src/read/store/bench-store.ts';

describe('the store that reads are measured on', () => {
  const numbers = Array.from({ length: 4_000 }, (_, n) => n);

  it('has a different resource for each number', () => {
    expect(new Set(numbers.map((n) => identityOf(n).id)).size).to.equal(numbers.length);
  });

  it('has instances and volumes in each account and region', () => {
    const places = numbers.map(identityOf).map(({ account, region, type }) => `${account} ${region} ${type}`);
    expect(new Set(places).size).to.equal(accountNumbers.length * regions.length * 2);
  });

  it('has bodies that pass the schemas of their types', () => {
    for (const n of [0, 3, 75]) {
      const body = benchBody(identityOf(n), n);
      expect(bodySchemas[body.type].parse(body)).to.deep.equal(body);
    }
  });
});
