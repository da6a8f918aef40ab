import { createTestClock } from '@cloud-gateway/clock';
import { isGatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { ec2Answer, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, place, rejection, testCloud } from '../../test-cloud.ts';

const noonMs = Date.UTC(2026, 10, 22, 12, 0, 0);
const zones = ec2Answer('DescribeAvailabilityZones', '<availabilityZoneInfo/>');

describe('guardedRequestHandler', () => {
  let aws: FakeAwsServer;
  let offsetSeconds: number | null;
  const clock = createTestClock(noonMs);

  beforeEach(async () => {
    clock.set(noonMs);
    offsetSeconds = 0;
    aws = await startFakeAwsServer();
    aws.date = () => (offsetSeconds === null ? null : new Date(clock.nowMs() + offsetSeconds * 1_000));
    aws.answer = (_call, response) => response.end(zones);
  });
  afterEach(async () => aws.close());

  function connected() {
    const { cloud, transitions } = testCloud(aws.url, { clock });
    const session = cloud.open(credentials, place);
    const list = async () => {
      for await (const _page of session.list('datacenters', new AbortController().signal));
    };
    return { cloud, transitions, list };
  }

  for (const offset of [0, 300, -300]) {
    it(`lets a call to an endpoint that is ${offset} s off through`, async () => {
      offsetSeconds = offset;
      const { cloud, list, transitions } = connected();

      await list();
      cloud.close();

      expect(aws.calls.length).to.equal(1);
      expect(transitions).to.deep.equal([]);
    });
  }

  for (const offset of [301, -301]) {
    it(`sends nothing to an endpoint that is ${offset} s off`, async () => {
      offsetSeconds = offset;
      const { cloud, list, transitions } = connected();

      const error = await rejection(list());
      cloud.close();

      expect(isGatewayError(error) && error.code).to.equal('cloud-clock-skew');
      expect(error.message).to.include(`301 seconds ${offset > 0 ? 'ahead of' : 'behind'} ours`);
      expect(aws.calls.length).to.equal(0);
      expect(transitions.map(({ from, to }) => [from, to])).to.deep.equal([['unknown', 'out-of-sync']]);
    });
  }

  it('refuses an answer whose date is too far off', async () => {
    const { cloud, list } = connected();
    aws.answer = (_call, response) => {
      response.setHeader('date', new Date(clock.nowMs() + 400_000).toUTCString());
      response.end(zones);
    };

    const error = await rejection(list());
    cloud.close();

    expect(error).to.include({ code: 'cloud-clock-skew' });
    expect(aws.calls.length).to.equal(1);
  });

  it('asks for the time once a minute, not before every call', async () => {
    const { cloud, list } = connected();

    await list();
    await list();
    expect(aws.probes).to.equal(1);
    clock.advance(61_000);
    await list();
    cloud.close();

    expect(aws.probes).to.equal(2);
  });

  it('shares one question among calls that begin together', async () => {
    const { cloud, list } = connected();

    await Promise.all([list(), list(), list()]);
    cloud.close();

    expect(aws.probes).to.equal(1);
    expect(aws.calls.length).to.equal(3);
  });

  it('lets calls through again as soon as the endpoint is back in sync', async () => {
    const { cloud, list, transitions } = connected();
    offsetSeconds = 500;
    await rejection(list());

    offsetSeconds = 3;
    await list();
    cloud.close();

    expect(transitions.map(({ to }) => to)).to.deep.equal(['out-of-sync', 'in-sync']);
  });

  it('trusts an endpoint that sends no date, and does not ask it before every call', async () => {
    offsetSeconds = null;
    const { cloud, list } = connected();

    await list();
    await list();
    cloud.close();

    expect([aws.probes, aws.calls.length]).to.deep.equal([1, 2]);
  });
});
