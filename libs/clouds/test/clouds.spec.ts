import { expect } from 'chai';
import { createClouds } from '../src/clouds.ts';
import { testCloud } from './test-cloud.ts';

describe('createClouds', () => {
  const { cloud } = testCloud('http://127.0.0.1:1');
  const clouds = createClouds([cloud]);

  it('gives a cloud by its id, or by another name of it', () => {
    expect(clouds.get('ec2')).to.equal(cloud);
    expect(clouds.get('aws')).to.equal(cloud);
    expect(clouds.all()).to.deep.equal([cloud]);
  });

  it('names the known ones when asked for another', () => {
    expect(() => clouds.get('azure')).to.throw('there is no cloud azure here; there is ec2');
  });
});
