import { expect } from 'chai';
import { instanceBody } from '../../../src/ec2/bodies/instance-body.ts';
import { ec2Answer, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, impatient, place, rejection, role, testCloud } from '../../test-cloud.ts';

const assumedId = 'ASIAIOSFODNN7EXAMPLE';
const assumedToken = 'a-token-of-the-role-that-nobody-may-read';

const assumed = (
  expiration: string,
) => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult><Credentials><AccessKeyId>${assumedId}</AccessKeyId>
  <SecretAccessKey>a-secret-of-the-role-that-nobody-may-read</SecretAccessKey>
  <SessionToken>${assumedToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`;
const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:sts::210987654321:assumed-role/gateway/cloud-gateway</Arn><UserId>A</UserId><Account>210987654321</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;
const refusal = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
const denied = refusal(
  'AccessDenied',
  'User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole',
);

const known = instanceBody({ InstanceId: 'i-00000000000000000' }, {}, () => {});
const target = { cloudId: known.cloudId, known };

describe('role credentials', () => {
  let aws: FakeAwsServer;
  let expiration: string;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    aws = await startFakeAwsServer();
    expiration = new Date(Date.now() + 3_600_000).toISOString();
    aws.answer = (call, response) => {
      const action = call.get('Action') ?? '';
      if (action === 'AssumeRole') return response.end(assumed(expiration));
      if (action === 'GetCallerIdentity') return response.end(identity);
      if (action.startsWith('Describe')) return response.end(ec2Answer(action, '<availabilityZoneInfo/>'));
      return response.writeHead(403).end(refusal('AccessDenied', `no: ${assumedToken}`));
    };
  });
  afterEach(async () => aws.close());

  async function withCloud<T>(
    work: (cloud: ReturnType<typeof testCloud>['cloud']) => Promise<T>,
    cloudOptions: Partial<typeof impatient> = {},
  ): Promise<T> {
    const { cloud } = testCloud(aws.url, cloudOptions);
    try {
      return await work(cloud);
    } finally {
      cloud.close();
    }
  }
  const actions = () => aws.calls.map((call) => call.get('Action'));

  it('are assumed with the external id and our name, signed by the source', async () => {
    const identified = await withCloud((cloud) => cloud.identify(role, signal));

    expect(identified).to.deep.equal({
      cloudAccountId: '210987654321',
      identity: 'arn:aws:sts::210987654321:assumed-role/gateway/cloud-gateway',
    });
    expect(Object.fromEntries(aws.calls[0] ?? [])).to.deep.include({
      Action: 'AssumeRole',
      RoleArn: role.roleArn,
      RoleSessionName: 'cloud-gateway',
      ExternalId: role.externalId,
    });
    expect(aws.signedBy).to.deep.equal([
      { accessKeyId: role.source.accessKeyId, sessionToken: undefined },
      { accessKeyId: assumedId, sessionToken: assumedToken },
    ]);
  });

  it('open a session that asks STS once for all of its calls', async () => {
    await withCloud(async (cloud) => {
      const session = cloud.open(role, { ...place, region: 'eu-west-1' });
      const list = async () => {
        for await (const _page of session.list('datacenters', signal));
      };
      await Promise.all([list(), list()]);
      await list();
    });

    expect(actions()).to.deep.equal([
      'AssumeRole',
      ...Array.from({ length: 3 }, () => 'DescribeAvailabilityZones'),
    ]);
    // STS is asked in the home region, whatever the region of the session.
    expect(aws.regions).to.deep.equal(['us-east-1', 'eu-west-1', 'eu-west-1', 'eu-west-1']);
  });

  it('give signing credentials that say when they expire; those of a user do not expire', async () => {
    await withCloud(async (cloud) => {
      expect(await cloud.signingCredentials(role, signal)).to.deep.equal({
        accessKeyId: assumedId,
        secretAccessKey: 'a-secret-of-the-role-that-nobody-may-read',
        sessionToken: assumedToken,
        expiresAtMs: Date.parse(expiration),
      });
      expect(await cloud.signingCredentials(credentials, signal)).to.deep.equal({
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
        sessionToken: undefined,
        expiresAtMs: undefined,
      });
    });
    expect(actions()).to.deep.equal(['AssumeRole']);
  });

  it('are rejected when the role does not let the source in', async () => {
    aws.answer = (_call, response) => response.writeHead(403).end(denied);

    await withCloud(async (cloud) => {
      expect(await rejection(cloud.identify(role, signal))).to.include({ code: 'credentials-rejected' });
      expect(await rejection(cloud.signingCredentials(role, signal))).to.include({
        code: 'credentials-rejected',
      });
      expect(
        await rejection(cloud.open(role, place).look('instance', ['i-00000000000000000'], signal)),
      ).to.include({ code: 'credentials-rejected' });
      expect(await cloud.checkCredentials(role, signal)).to.deep.include({
        valid: false,
        message:
          'ec2 us-east-1 AssumeRole: User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole',
      });
    });
  });

  it('are an error, not a rejection, while STS is away or answers half', async () => {
    aws.answer = (_call, response) => response.writeHead(503).end(refusal('ServiceUnavailable', 'later'));
    expect(await rejection(withCloud((cloud) => cloud.signingCredentials(role, signal)))).to.include({
      code: 'cloud-failed',
    });

    aws.answer = (_call, response) => response.end(assumed('').replace(/<Expiration>.*<\/Expiration>/, ''));
    expect(await rejection(withCloud((cloud) => cloud.signingCredentials(role, signal)))).to.include({
      code: 'cloud-failed',
    });

    aws.answer = () => {};
    const givenUp = withCloud((cloud) => cloud.signingCredentials(role, signal), impatient);
    expect(await rejection(givenUp)).to.include({
      code: 'cloud-timeout',
    });
  });

  it('never show the role’s own token in a message', async () => {
    const error = await rejection(
      withCloud((cloud) =>
        cloud.open(role, place).act('stop', target, { signal, dryRun: false, mayHaveBeenSent: false }),
      ),
    );

    expect(error.message).to.include('no: [secret]');
  });
});
