import type { ShareableType, Sharing } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Cloud, CloudSession } from '../../../src/cloud.ts';
import { answerEc2 } from '../../ec2-answers.ts';
import { ec2Answer, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, patientCloud, place } from '../../test-cloud.ts';

const now =
  '<item><group>all</group></item><item><userId>222</userId></item><item><userId>111</userId></item>';
const answers: Readonly<Record<string, string>> = {
  DescribeImageAttribute: `<imageId>ami-1</imageId><launchPermission>${now}</launchPermission>`,
  DescribeSnapshotAttribute: `<snapshotId>snap-1</snapshotId><createVolumePermission>${now}</createVolumePermission>`,
};

describe('sharing', () => {
  let aws: FakeAwsServer;
  let cloud: Cloud;
  let session: CloudSession;
  before(async () => {
    aws = await startFakeAwsServer();
    cloud = patientCloud(aws.url);
    session = cloud.open(credentials, place);
    aws.answer = (call, response) => {
      const action = call.get('Action') ?? '';
      const xml = answers[action];
      if (xml === undefined) answerEc2(call, response);
      else response.end(ec2Answer(action, xml));
    };
  });
  beforeEach(() => aws.calls.splice(0));
  after(async () => {
    cloud.close();
    await aws.close();
  });

  const signal = () => AbortSignal.timeout(60_000);
  const share = (type: ShareableType, cloudId: string, sharing: Sharing) =>
    session.share(type, cloudId, sharing, signal());

  const modified = () => {
    const call = aws.calls.find((one) => one.get('Action')?.startsWith('Modify'));
    return call && Object.fromEntries([...call].filter(([name]) => name !== 'Version'));
  };

  for (const [type, cloudId] of [
    ['image', 'ami-1'],
    ['volume-snapshot', 'snap-1'],
  ] as const) {
    it(`tells who may use one ${type}, in a fixed order`, async () => {
      expect(await session.sharing(type, cloudId, signal())).to.deep.equal({
        public: true,
        accounts: ['111', '222'],
      });
    });

    it(`sends nothing when one ${type} is shared so already`, async () => {
      await share(type, cloudId, { public: true, accounts: ['222', '111'] });

      expect(modified()).to.equal(undefined);
    });
  }

  it('sends the difference for an image', async () => {
    await share('image', 'ami-1', { public: false, accounts: ['333', '222'] });

    expect(modified()).to.deep.equal({
      Action: 'ModifyImageAttribute',
      ImageId: 'ami-1',
      'LaunchPermission.Add.1.UserId': '333',
      'LaunchPermission.Remove.1.Group': 'all',
      'LaunchPermission.Remove.2.UserId': '111',
    });
  });

  it('sends the difference for a snapshot', async () => {
    await share('volume-snapshot', 'snap-1', { public: true, accounts: ['111'] });

    expect(modified()).to.deep.equal({
      Action: 'ModifySnapshotAttribute',
      SnapshotId: 'snap-1',
      'CreateVolumePermission.Remove.1.UserId': '222',
    });
  });

  it('does not tell an image as it was', async () => {
    // EC2 goes on showing it as private.
    expect((await share('image', 'ami-1', { public: true, accounts: [] })).resource).to.equal(null);
    expect((await share('image', 'ami-1', { public: false, accounts: [] })).resource).to.include({
      cloudId: 'ami-1',
      visibility: 'private',
    });
  });
});
