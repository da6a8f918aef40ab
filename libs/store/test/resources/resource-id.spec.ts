import { expect } from 'chai';
import { looksLikeResourceId, resourceIdOf } from '../../src/resources/resource-id.ts';

describe('resourceIdOf', () => {
  const scope = { cloud: 'ec2', account: 'ec2-111122223333', region: 'us-east-1' };
  const instance = { type: 'instance', cloudId: 'i-1' } as const;

  it('gives the same id whoever sees the resource', () => {
    expect(resourceIdOf(scope, instance)).to.equal('res_23s7xxff5wcdrz2onkprt4agas');
    expect(looksLikeResourceId(resourceIdOf(scope, instance))).to.equal(true);
  });

  const others = [
    { title: 'another cloud', id: resourceIdOf({ ...scope, cloud: 'ec3' }, instance) },
    { title: 'another account', id: resourceIdOf({ ...scope, account: 'ec2-1' }, instance) },
    { title: 'another region', id: resourceIdOf({ ...scope, region: 'us-east-2' }, instance) },
    { title: 'another type', id: resourceIdOf(scope, { ...instance, type: 'image' }) },
    { title: 'another id of the cloud', id: resourceIdOf(scope, { ...instance, cloudId: 'i-2' }) },
    {
      title: 'the same letters in other parts',
      id: resourceIdOf({ ...scope, account: 'ec2-111122223333u', region: 's-east-1' }, instance),
    },
  ];
  for (const { title, id } of others) {
    it(`gives another id for ${title}`, () => {
      expect(id).not.to.equal(resourceIdOf(scope, instance));
    });
  }
});
