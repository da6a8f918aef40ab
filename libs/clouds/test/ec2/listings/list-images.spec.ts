import { expect } from 'chai';
import { answerEc2 } from '../../ec2-answers.ts';
import { type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, testCloud } from '../../test-cloud.ts';

const [we, friend] = ['123456789012', '210987654321'];
const place = { region: 'us-east-1', cloudAccountId: we, purpose: 'poll' } as const;

const images = [
  { id: 'ami-own', owner: we, isPublic: false, sharedWith: [we] },
  { id: 'ami-own-public', owner: we, isPublic: true, sharedWith: [] },
  { id: 'ami-shared', owner: friend, isPublic: false, sharedWith: [we] },
  { id: 'ami-shared-public', owner: friend, isPublic: true, sharedWith: [we] },
];

describe('listImages', () => {
  let aws: FakeAwsServer;
  before(async () => {
    aws = await startFakeAwsServer();
    aws.answer = (call, response) => {
      const isOwn = call.get('Owner.1') === 'self';
      const items = images
        .filter(({ owner, sharedWith }) => (isOwn ? owner === we : sharedWith.includes(we)))
        .map(
          ({ id, owner, isPublic }) =>
            `<item><imageId>${id}</imageId><imageOwnerId>${owner}</imageOwnerId><isPublic>${isPublic}</isPublic></item>`,
        );
      answerEc2(call, response, `<imagesSet>${items.join('')}</imagesSet>`);
    };
  });
  after(() => aws.close());

  it('lists each image of the account and each shared with it once, and says what it is', async () => {
    const { cloud } = testCloud(aws.url);
    const found: [string, string][] = [];
    for await (const page of cloud.open(credentials, place).list('images', AbortSignal.timeout(5_000))) {
      for (const { cloudId, visibility } of page.items) found.push([cloudId, visibility]);
    }
    cloud.close();

    expect(found).to.have.deep.members([
      ['ami-own', 'private'],
      ['ami-own-public', 'public'],
      ['ami-shared', 'shared'],
    ]);
  });

  it('asks for deprecated and disabled ones of its own too', () => {
    expect(Object.fromEntries(aws.calls[0] ?? [])).to.include({
      IncludeDeprecated: 'true',
      IncludeDisabled: 'true',
    });
  });
});
