import { GatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { knownOf } from '../../../src/ec2/look/known-of.ts';
import { rejection } from '../../test-cloud.ts';

describe('knownOf', () => {
  it('lets every other failure pass', async () => {
    const denied = new GatewayError('cloud-forbidden', { message: 'ami-1 is not for you' });

    expect(await rejection(knownOf(['ami-1', 'ami-2'], () => Promise.reject(denied)))).to.equal(denied);
  });

  it('does not take an id for unknown because it begins another one', async () => {
    const known = await knownOf(['ami-1', 'ami-12'], (ids) =>
      ids.includes('ami-12')
        ? Promise.reject(
            new GatewayError('cloud-not-found', { message: "The image id '[ami-12]' does not exist" }),
          )
        : Promise.resolve(ids),
    );

    expect(known).to.deep.equal(['ami-1']);
  });
});
