import type { Image } from '@aws-sdk/client-ec2';
import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { imageBody } from '../../../src/ec2/bodies/image-body.ts';

const image: Image = {
  ImageId: 'ami-1',
  Name: 'debian-12',
  Description: '',
  OwnerId: '136693071363',
  State: 'available',
  Architecture: 'x86_64',
  CreationDate: '2026-01-02T03:04:05.000Z',
  Public: false,
};
const onUnknownState = () => {};

describe('imageBody', () => {
  it('gives a body that fits the contract', () => {
    const body = imageBody(image, { sharedWithUs: false, onUnknownState });

    expect(bodySchemas.image.parse(body)).to.deep.equal(body);
    expect(body).to.include({ platform: 'linux', description: null, createdAt: '2026-01-02T03:04:05.000Z' });
  });

  for (const [isPublic, sharedWithUs, visibility] of [
    [false, false, 'private'],
    [false, true, 'shared'],
    [true, false, 'public'],
    [true, true, 'public'],
  ] as const) {
    it(`is ${visibility} when Public is ${isPublic} and it was ${sharedWithUs ? '' : 'not '}shared with us`, () => {
      const body = imageBody({ ...image, Public: isPublic }, { sharedWithUs, onUnknownState });

      expect(body.visibility).to.equal(visibility);
    });
  }

  it('knows Windows by its platform', () => {
    const body = imageBody({ ...image, Platform: 'Windows' }, { sharedWithUs: false, onUnknownState });

    expect(body.platform).to.equal('windows');
  });

  it('leaves out when it was launched last', () => {
    const launched = { ...image, LastLaunchedTime: '2026-11-22T00:00:00Z' };

    expect(imageBody(launched, { sharedWithUs: false, onUnknownState })).to.deep.equal(
      imageBody(image, { sharedWithUs: false, onUnknownState }),
    );
  });

  it('tells everybody of a published one nothing that is the owner’s own matter', () => {
    const own = { ...image, SourceInstanceId: 'i-1', Tags: [{ Key: 'Name', Value: 'plan' }] };
    const published = imageBody({ ...own, Public: true }, { sharedWithUs: false, onUnknownState });

    expect(published).to.deep.include({ name: 'debian-12', tags: {}, cloudAttributes: {} });
    expect(imageBody(own, { sharedWithUs: false, onUnknownState })).to.deep.include({
      tags: { Name: 'plan' },
      cloudAttributes: { sourceInstanceId: 'i-1' },
    });
  });

  it('always has an owner', () => {
    const { OwnerId: _, ...ownerless } = image;

    expect(
      imageBody({ ...ownerless, ImageOwnerAlias: 'amazon' }, { sharedWithUs: false, onUnknownState }).owner,
    ).to.equal('amazon');
  });
});
