import { expect } from 'chai';
import type { ListingPage } from '../../../src/cloud.ts';
import { answerEc2, filtersOf } from '../../ec2-answers.ts';
import { ec2Refusal, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, rejection, testCloud } from '../../test-cloud.ts';

const place = { region: 'us-east-1', cloudAccountId: '123456789012', purpose: 'poll' } as const;

describe('listByZone', () => {
  let aws: FakeAwsServer;
  before(async () => {
    aws = await startFakeAwsServer();
  });
  beforeEach(() => aws.calls.splice(0));
  after(() => aws.close());

  async function listVolumes(): Promise<ListingPage[]> {
    const { cloud } = testCloud(aws.url);
    const pages: ListingPage[] = [];
    try {
      const listing = cloud.open(credentials, place).list('volumes', AbortSignal.timeout(5_000));
      for await (const page of listing) pages.push(page);
      return pages;
    } finally {
      cloud.close();
    }
  }

  /** `where`: the zone, or undefined for the whole region. */
  function fail(where: (zone: string | undefined) => { status: number; code: string } | undefined): void {
    aws.answer = (call, response) => {
      const [zone] = filtersOf(call)['availability-zone'] ?? [];
      const failure = call.get('Action') === 'DescribeVolumes' ? where(zone) : undefined;
      if (failure === undefined) return answerEc2(call, response);
      response
        .writeHead(failure.status)
        .end(ec2Refusal(failure.code, `no answer for ${zone ?? 'the region'}`));
    };
  }

  const disrupted = { status: 500, code: 'InternalError' };

  it('lists the other zones and names the one that is disrupted', async () => {
    fail((zone) => (zone === 'us-east-1a' ? undefined : disrupted));

    const pages = await listVolumes();

    expect(pages.flatMap(({ items }) => items.map(({ cloudId }) => cloudId))).to.deep.equal([
      'vol-1',
      'vol-1:i-1',
    ]);
    expect(pages.flatMap(({ missingZones = [] }) => missingZones)).to.deep.equal(['us-east-1b']);
  });

  it('is complete when every zone answers for itself', async () => {
    fail((zone) => (zone === undefined ? disrupted : undefined));

    const pages = await listVolumes();

    expect(pages.map(({ items }) => items.length)).to.deep.equal([2, 2]);
    expect(pages.some((page) => 'missingZones' in page)).to.equal(false);
  });

  it('fails with the first failure when every zone does', async () => {
    fail(() => disrupted);

    const error = await rejection(listVolumes());

    expect(error).to.include({ code: 'cloud-failed' });
    expect(error.message).to.contain('no answer for the region');
  });

  for (const [code, status] of [
    ['RequestLimitExceeded', 503],
    ['UnauthorizedOperation', 403],
  ] as const) {
    it(`asks no zone when the failure is not a disruption: ${code}`, async () => {
      fail(() => ({ status, code }));

      const error = await rejection(listVolumes());

      expect(error).to.deep.include({ cloud: { code } });
      expect(aws.calls.map((call) => call.get('Action'))).to.deep.equal(['DescribeVolumes']);
    });
  }
});
