import type { GatewayClient } from '@cloud-gateway/client';
import { expect } from 'chai';
import { type AccountChoice, chooseAccount } from '../../src/client/choose-account.ts';

describe('chooseAccount', () => {
  const one = [{ id: 'ec2-1', cloud: 'ec2' }];
  const two = [...one, { id: 'lab-2', cloud: 'lab' }];

  it('takes the only one that is proven, and the cloud of the one that is named', async () => {
    expect(await choose(one, {})).to.deep.equal({ account: 'ec2-1', cloud: 'ec2' });
    expect(await choose(two, { account: 'lab-2' })).to.deep.equal({ account: 'lab-2', cloud: 'lab' });
    expect(await choose(two, { cloud: 'lab' })).to.deep.equal({ account: 'lab-2', cloud: 'lab' });
    expect(await choose([], { account: 'ec2-public' })).to.deep.equal({
      account: 'ec2-public',
      cloud: 'ec2',
    });
  });

  it('says which there are when it cannot choose', async () => {
    expect(await refusal(two, {})).to.equal(
      'You have proven 2 accounts; say which with --account: ec2-1, lab-2.',
    );
    expect(await refusal(one, { account: 'ec2-9' })).to.equal(
      'You have not proven ec2-9; you have proven ec2-1.',
    );
    expect(await refusal([], {})).to.match(/^You have not proven a cloud account yet: POST \/v1\/accounts/);
  });
});

function choose(proven: readonly object[], choice: AccountChoice) {
  async function* each() {
    yield* proven;
  }
  return chooseAccount({ each } as unknown as Pick<GatewayClient, 'each'>, choice);
}

function refusal(proven: readonly object[], choice: AccountChoice): Promise<unknown> {
  return choose(proven, choice).then(
    () => undefined,
    (err: Error) => err.message,
  );
}
