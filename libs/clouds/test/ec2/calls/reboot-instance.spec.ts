import { expect } from 'chai';
import { instanceBody } from '../../../src/ec2/bodies/instance-body.ts';
import { ec2Answer, ec2Refusal, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, impatient, place, rejection, testCloud } from '../../test-cloud.ts';

const described = ec2Answer(
  'DescribeInstances',
  '<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>running</name></instanceState></item></instancesSet></item></reservationSet>',
);

const known = instanceBody({ InstanceId: 'i-1', State: { Name: 'running' } }, {}, () => {});
const target = { cloudId: 'i-1', known };
const options = { signal: new AbortController().signal, dryRun: false, mayHaveBeenSent: false };

describe('rebootInstance', () => {
  let aws: FakeAwsServer;
  const reboots = () => aws.calls.filter((call) => call.get('Action') === 'RebootInstances').length;

  beforeEach(async () => {
    aws = await startFakeAwsServer();
  });
  afterEach(async () => aws.close());

  async function reboot(
    answerReboot: FakeAwsServer['answer'],
    {
      mayHaveBeenSent = false,
      ...cloudOptions
    }: { mayHaveBeenSent?: boolean } & Partial<typeof impatient> = {},
  ): Promise<Error | undefined> {
    aws.answer = (call, response) =>
      call.get('Action') === 'RebootInstances' ? answerReboot(call, response) : response.end(described);
    const { cloud } = testCloud(aws.url, cloudOptions);
    try {
      return await cloud
        .open(credentials, place)
        .act('reboot', target, { ...options, mayHaveBeenSent })
        .then(
          () => undefined,
          (error: Error) => error,
        );
    } finally {
      cloud.close();
    }
  }

  it('answers the instance', async () => {
    const error = await reboot((_call, response) =>
      response.end(ec2Answer('RebootInstances', '<return>true</return>')),
    );

    expect(error).to.equal(undefined);
    expect(reboots()).to.equal(1);
  });

  for (const [what, answer] of [
    ['the connection is cut', (_call, response) => response.socket?.destroy()],
    ['no answer comes', () => {}],
    [
      'the cloud fails inside',
      (_call, response) => response.writeHead(500).end(ec2Refusal('InternalError', 'oops')),
    ],
    ['the answer is garbage', (_call, response) => response.end('<half')],
  ] satisfies [string, FakeAwsServer['answer']][]) {
    it(`says that nobody knows, and sends it only once, when ${what}`, async () => {
      const error = await reboot(answer, what === 'no answer comes' ? impatient : {});

      expect(error).to.include({ code: 'outcome-unknown' });
      expect(reboots()).to.equal(1);
    });
  }

  it('says that nobody knows, and sends nothing, when an earlier attempt may have been sent', async () => {
    const error = await reboot(() => {}, { mayHaveBeenSent: true });

    expect(error).to.include({ code: 'outcome-unknown' });
    expect(reboots()).to.equal(0);
  });

  it('passes a refusal on as it is', async () => {
    const error = await reboot((_call, response) =>
      response.writeHead(400).end(ec2Refusal('IncorrectInstanceState', 'It is stopped.')),
    );

    expect(error).to.include({ code: 'cloud-conflict' });
  });

  it('does not send it when the instance is not there', async () => {
    aws.answer = (_call, response) => response.end(ec2Answer('DescribeInstances', '<reservationSet/>'));
    const { cloud } = testCloud(aws.url);

    const error = await rejection(cloud.open(credentials, place).act('reboot', target, options));
    cloud.close();

    expect(error).to.include({ code: 'cloud-not-found' });
    expect(reboots()).to.equal(0);
  });
});
