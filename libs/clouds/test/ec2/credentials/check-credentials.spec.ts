import { expect } from 'chai';
import { ec2Refusal, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, rejection, testCloud } from '../../test-cloud.ts';

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::123456789012:user/alice</Arn><UserId>A</UserId><Account>123456789012</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;
const refusal = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;

describe('checkCredentials', () => {
  let aws: FakeAwsServer;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    aws = await startFakeAwsServer();
  });
  afterEach(async () => aws.close());

  async function check() {
    const { cloud } = testCloud(aws.url);
    try {
      return await cloud.checkCredentials(credentials, signal);
    } finally {
      cloud.close();
    }
  }

  it('answers that they are not valid, with what the cloud said', async () => {
    aws.answer = (_call, response) =>
      response.writeHead(403).end(refusal('InvalidClientTokenId', 'The security token is invalid.'));

    expect(await check()).to.deep.equal({
      valid: false,
      cloudAccountId: null,
      identity: null,
      missingPermissions: [],
      unknownPermissions: [],
      message: 'ec2 us-east-1 GetCallerIdentity: The security token is invalid.',
    });
  });

  it('tries the calls themselves when the policy simulator may not be asked', async () => {
    aws.answer = (call, response) => {
      const action = call.get('Action') ?? '';
      if (action === 'GetCallerIdentity') return response.end(identity);
      if (action === 'SimulatePrincipalPolicy') {
        return response.writeHead(403).end(refusal('AccessDenied', 'You may not simulate.'));
      }
      expect(call.get('DryRun')).to.equal('true');
      const code =
        action === 'TerminateInstances'
          ? 'UnauthorizedOperation'
          : action === 'RunInstances'
            ? 'InvalidAMIID.NotFound'
            : 'DryRunOperation';
      return response.writeHead(code === 'DryRunOperation' ? 412 : 400).end(ec2Refusal(code, 'Said.'));
    };

    expect(await check()).to.deep.include({
      valid: true,
      cloudAccountId: '123456789012',
      identity: 'arn:aws:iam::123456789012:user/alice',
      missingPermissions: ['ec2:TerminateInstances'],
      // Of the last two there is no dry run.
      unknownPermissions: ['ec2:RunInstances', 'ec2:ModifyVpcAttribute', 'ec2:ModifySubnetAttribute'],
    });
  });

  it('is an error when the cloud gives no answer: nothing is known about the credentials then', async () => {
    aws.answer = (_call, response) => response.socket?.destroy();

    expect(await rejection(check())).to.include({ code: 'cloud-unreachable' });
  });
});
