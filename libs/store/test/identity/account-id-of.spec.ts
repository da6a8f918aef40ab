import { expect } from 'chai';
import { accountIdOf } from '../../src/identity/account-id-of.ts';

describe('accountIdOf', () => {
  it('joins the cloud and its number, in lower case', () => {
    expect(accountIdOf('ec2', '123456789012')).to.equal('ec2-123456789012');
    expect(accountIdOf('stack', 'ABCdef')).to.equal('stack-abcdef');
  });
});
