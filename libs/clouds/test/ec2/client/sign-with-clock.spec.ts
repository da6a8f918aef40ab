import { createTestClock } from '@cloud-gateway/clock';
import { expect } from 'chai';
import { ec2Answer, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, place, testCloud } from '../../test-cloud.ts';

describe('signWithClock', () => {
  let aws: FakeAwsServer;

  before(async () => {
    aws = await startFakeAwsServer();
  });
  after(async () => aws.close());

  it('dates signatures by our clock, whatever the machine and the endpoint say', async () => {
    const clock = createTestClock(Date.UTC(2031, 0, 2, 3, 4, 5));
    // Within what the guard allows, and more than what the SDK would quietly correct.
    aws.date = () => new Date(clock.nowMs() + 280_000);
    aws.answer = (_call, response) =>
      response.end(ec2Answer('DescribeAvailabilityZones', '<availabilityZoneInfo/>'));
    const { cloud } = testCloud(aws.url, { clock });
    const session = cloud.open(credentials, place);

    for (let n = 0; n < 2; n += 1) {
      for await (const _page of session.list('datacenters', new AbortController().signal));
    }
    cloud.close();

    expect(aws.signedAt).to.deep.equal(['20310102T030405Z', '20310102T030405Z']);
  });
});
