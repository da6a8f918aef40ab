import { expect } from 'chai';
import { ec2Answer, ec2Refusal, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, rejection, testCloud } from '../../test-cloud.ts';

const described = ec2Answer(
  'DescribeInstances',
  '<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>running</name></instanceState></item></instancesSet></item></reservationSet>',
);

describe('rebootInstance', () => {
  let aws: FakeAwsServer;
  const reboots = () => aws.calls.filter((call) => call.get('Action') === 'RebootInstances').length;

  beforeEach(async () => {
    aws = await startFakeAwsServer();
  });
  afterEach(async () => aws.close());

  async function reboot(answerReboot: FakeAwsServer['answer']): Promise<Error | undefined> {
    aws.answer = (call, response) =>
      call.get('Action') === 'RebootInstances' ? answerReboot(call, response) : response.end(described);
    const { cloud } = testCloud(aws.url);
    try {
      const rebooting = cloud
        .open(credentials, 'us-east-1')
        .rebootInstance('i-1', new AbortController().signal);
      return await rebooting.then(
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
      const error = await reboot(answer);

      expect(error).to.include({ code: 'outcome-unknown' });
      expect(reboots()).to.equal(1);
    });
  }

  it('passes a refusal on as it is', async () => {
    const error = await reboot((_call, response) =>
      response.writeHead(400).end(ec2Refusal('IncorrectInstanceState', 'It is stopped.')),
    );

    expect(error).to.include({ code: 'cloud-conflict' });
  });

  it('does not send it when the instance is not there', async () => {
    aws.answer = (_call, response) =>
      response.writeHead(400).end(ec2Refusal('InvalidInstanceID.NotFound', 'No such instance.'));
    const { cloud } = testCloud(aws.url);

    const error = await rejection(
      cloud.open(credentials, 'us-east-1').rebootInstance('i-1', new AbortController().signal),
    );
    cloud.close();

    expect(error).to.include({ code: 'cloud-not-found' });
    expect(reboots()).to.equal(0);
  });
});
