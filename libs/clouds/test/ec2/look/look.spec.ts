import { bodySchemas, type ResourceBody, type ResourceType } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { answerEc2, filtersOf, valuesOf } from '../../ec2-answers.ts';
import { ec2Refusal, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, testCloud } from '../../test-cloud.ts';

const place = { region: 'us-east-1', cloudAccountId: '123456789012', purpose: 'request' } as const;

describe('look', () => {
  let aws: FakeAwsServer;
  before(async () => {
    aws = await startFakeAwsServer();
  });
  beforeEach(() => {
    aws.answer = answerEc2;
    aws.calls.splice(0);
  });
  after(() => aws.close());

  async function look(type: ResourceType, ...cloudIds: string[]): Promise<readonly ResourceBody[]> {
    const { cloud } = testCloud(aws.url);
    try {
      return await cloud.open(credentials, place).look(type, cloudIds, AbortSignal.timeout(5_000));
    } finally {
      cloud.close();
    }
  }

  const idOf: Readonly<Record<ResourceType, string>> = {
    datacenter: 'us-east-1a',
    'instance-type': 't3.micro',
    image: 'ami-1',
    instance: 'i-1',
    network: 'vpc-1',
    subnet: 'subnet-1',
    'security-group': 'sg-1',
    'security-group-rule': 'sgr-1',
    'ssh-key': 'key-1',
    'ip-address': 'eipalloc-1',
    'ip-address-binding': 'eipalloc-1:i-1',
    'volume-type': 'gp3',
    volume: 'vol-1',
    'volume-attachment': 'vol-1:i-1',
    'volume-snapshot': 'snap-1',
    'placement-group': 'pg-1',
  };
  for (const type of Object.keys(idOf) as ResourceType[]) {
    it(`finds one ${type}`, async () => {
      const found = await look(type, idOf[type]);

      expect(found.map(({ type, cloudId }) => [type, cloudId])).to.deep.include([type, idOf[type]]);
      for (const body of found) expect(bodySchemas[body.type].parse(body)).to.deep.equal(body);
    });
  }

  it('looks at an attachment by its volume, once for several', async () => {
    await look('volume-attachment', 'vol-1:i-1', 'vol-1:i-2');

    expect(aws.calls.map((call) => valuesOf(call, 'VolumeId.'))).to.deep.equal([['vol-1']]);
  });

  it('shows the rules of a group with the group', async () => {
    const found = await look('security-group', 'sg-1');

    expect(found.map(({ cloudId }) => cloudId)).to.deep.equal(['sg-1', 'sgr-1']);
    expect(aws.calls.map(filtersOf)).to.deep.equal([{ 'group-id': ['sg-1'] }, { 'group-id': ['sg-1'] }]);
  });

  it('gives nothing for a placement group that is not there', async () => {
    expect(await look('placement-group', 'pg-9')).to.deep.equal([]);
  });

  it('asks for a hundred at a time', async () => {
    await look('instance', ...Array.from({ length: 150 }, (_, number) => `i-${number}`));

    expect(aws.calls.map((call) => valuesOf(call, 'InstanceId.').length)).to.deep.equal([100, 50]);
  });

  it('asks nothing when nothing is named', async () => {
    expect(await look('image')).to.deep.equal([]);
    expect(aws.calls).to.deep.equal([]);
  });

  // As EC2 answers a call by ids: all of it is refused for one that is not known.
  function knowsOnly(prefix: string, known: string, name: (unknown: string[]) => string): void {
    aws.answer = (call, response) => {
      const unknown = valuesOf(call, prefix).filter((id) => id !== known);
      if (unknown.length === 0) return answerEc2(call, response);
      response.writeHead(400).end(ec2Refusal('InvalidAMIID.NotFound', name(unknown)));
    };
  }

  it('finds the image that is there among others that EC2 names as unknown', async () => {
    knowsOnly('ImageId.', 'ami-1', (unknown) => `The image ids '[${unknown.join(', ')}]' do not exist`);

    const found = await look('image', 'ami-2', 'ami-1', 'ami-11');

    expect(found.map(({ cloudId }) => cloudId)).to.deep.equal(['ami-1']);
    expect(aws.calls).to.have.length(2);
  });

  it('finds it even when EC2 does not say which are unknown', async () => {
    knowsOnly('ImageId.', 'ami-1', () => 'some do not exist');

    expect(await look('image', 'ami-2', 'ami-1', 'ami-3')).to.have.length(1);
  });

  it('calls an image of another account shared', async () => {
    aws.answer = (call, response) =>
      answerEc2(
        call,
        response,
        '<imagesSet><item><imageId>ami-1</imageId><imageState>available</imageState><imageOwnerId>210987654321</imageOwnerId></item></imagesSet>',
      );

    expect((await look('image', 'ami-1'))[0]).to.include({ visibility: 'shared', owner: '210987654321' });
  });

  it('asks among the public ones of their owners whether a snapshot is published', async () => {
    const [snapshot] = await look('volume-snapshot', 'snap-1');

    expect(snapshot).to.include({ visibility: 'public' });
    expect(Object.fromEntries(aws.calls[1] ?? [])).to.include({
      'Owner.1': '123456789012',
      'RestorableBy.1': 'all',
      'Filter.1.Name': 'snapshot-id',
      'Filter.1.Value.1': 'snap-1',
    });
  });
});
