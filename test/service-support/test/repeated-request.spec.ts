import { expect } from 'chai';
import { repeatedRequest } from '../src/repeated-request.ts';

describe('repeatedRequest', () => {
  it('is the same wish of the same caller under one key, delivered again', () => {
    const request = repeatedRequest({ clientId: 'cli_1' }, { body: { name: 'twice' } });

    const [first, second] = [request(1), request(2)];

    expect([first.attempt, second.attempt]).to.deep.equal([1, 2]);
    expect(second.idempotencyKey).to.equal(first.idempotencyKey);
    expect(second.body).to.deep.equal(first.body);
    expect(second.caller).to.include({ clientId: 'cli_1', organizationId: 'org_1' });
  });

  it('has a key of its own for each wish', () => {
    const [one, other] = [1, 2].map(() => repeatedRequest({ clientId: 'cli_1' }, {})(1));

    expect(one?.idempotencyKey).not.to.equal(other?.idempotencyKey);
  });
});
