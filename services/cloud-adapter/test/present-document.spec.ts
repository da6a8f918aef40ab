import { instanceBody } from '@cloud-gateway/service-test-support';
import type { ResourceDocument } from '@cloud-gateway/store';
import { expect } from 'chai';
import { presentDocument } from '../src/present-document.ts';
import { imageBody } from './image-body.ts';

const record = { id: 'res_1', href: '/v1/x/res_1', cloud: 'ec2', account: 'ec2-1', region: 'us-east-1' };
const instance = {
  ...record,
  ...instanceBody('i-1', { privateAddresses: ['10.0.0.1'], cloudAttributes: { ebsOptimized: true } }),
} as unknown as ResourceDocument;
const image = { ...record, ...imageBody('ami-1') } as unknown as ResourceDocument;

describe('presentDocument', () => {
  it('gives everything without a view, and the same as view=full', () => {
    const shown = presentDocument(instance, { policy: 'auto' });

    expect(shown).to.deep.equal({ ...instance, connectAddress: '10.0.0.1' });
    expect(presentDocument(instance, { policy: 'auto', view: 'full' })).to.deep.equal(shown);
  });

  it('leaves cloudAttributes out of view=default', () => {
    const shown = presentDocument(instance, { policy: 'auto', view: 'default' });

    expect(shown).not.to.have.property('cloudAttributes');
    expect(shown).to.include({ cloudId: 'i-1', connectAddress: '10.0.0.1' });
  });

  it('gives seven fields in view=tiny', () => {
    expect(Object.keys(presentDocument(instance, { policy: 'auto', view: 'tiny' }))).to.deep.equal([
      'id',
      'href',
      'type',
      'cloudId',
      'name',
      'state',
      'region',
    ]);
  });

  it('gives the named fields instead of a view, and nothing for a name that there is not', () => {
    const fields = ['connectAddress', 'state', 'constructor', 'weight'];

    expect(presentDocument(instance, { policy: 'local', view: 'tiny', fields })).to.deep.equal({
      connectAddress: '10.0.0.1',
      state: 'running',
    });
  });

  it('never falls back from the address that the policy names, and gives one to instances only', () => {
    expect(presentDocument(instance, { policy: 'public' })).to.include({ connectAddress: null });
    expect(presentDocument(image, { policy: 'auto' })).not.to.have.property('connectAddress');
  });
});
