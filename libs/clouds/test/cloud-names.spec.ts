import { expect } from 'chai';
import { cloudIdOf } from '../src/cloud-names.ts';

describe('cloudIdOf', () => {
  it('gives the one id of a cloud with two names', () => {
    expect(cloudIdOf('aws')).to.equal('ec2');
    expect(cloudIdOf('ec2')).to.equal('ec2');
    expect(cloudIdOf('azure')).to.equal('azure');
  });
});
