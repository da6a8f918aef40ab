import { expect } from 'chai';
import { roleArn } from '../../src/identity/principal.ts';
import { expectAwsError, one, place, two, useSimulator } from '../use-simulator.ts';

describe('GetCallerIdentity', () => {
  const cloud = useSimulator();

  it('tells whose the credentials are', async () => {
    const identity = await cloud.sts(two).getCallerIdentity({});

    expect(identity.Account).to.equal(two.accountId);
    expect(identity.Arn).to.equal(`arn:aws:iam::${two.accountId}:user/${two.userName}`);
    expect(identity.UserId).to.match(/^\w{21}$/);
  });
});

describe('AssumeRole', () => {
  const cloud = useSimulator();
  const role = {
    RoleArn: roleArn(two.accountId, 'gateway'),
    RoleSessionName: 'test',
    ExternalId: 'demo-external-id',
  };

  const assume = async (more = {}) => {
    const { Credentials, AssumedRoleUser } = await cloud.sts().assumeRole({ ...role, ...more });
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken,
      expiration: Credentials?.Expiration,
      arn: AssumedRoleUser?.Arn,
    };
  };

  it('gives credentials of the other account, good until they expire', async () => {
    const session = await assume({ DurationSeconds: 900 });

    expect(session.arn).to.equal(`arn:aws:sts::${two.accountId}:assumed-role/gateway/test`);
    expect(session.expiration?.getTime()).to.equal(Math.floor(cloud.clock.nowMs()) + 900_000);
    const identity = await cloud.sts(session).getCallerIdentity({});
    expect([identity.Account, identity.Arn]).to.deep.equal([two.accountId, session.arn]);
    await cloud.ec2(session).describeRegions({});

    cloud.simulator.advanceMs(899_999);
    await cloud.ec2(session).describeRegions({});
    cloud.simulator.advanceMs(1);
    await expectAwsError(cloud.sts(session).getCallerIdentity({}), 'ExpiredToken', 403);
    await expectAwsError(cloud.ec2(session).describeRegions({}), 'RequestExpired', 400);
  });

  it('needs the session token with its credentials, the right one, and none with others', async () => {
    const { sessionToken, ...withoutToken } = await assume();

    await expectAwsError(cloud.sts(withoutToken).getCallerIdentity({}), 'InvalidClientTokenId', 403);
    await expectAwsError(cloud.ec2(withoutToken).describeRegions({}), 'AuthFailure', 401);
    await expectAwsError(
      cloud.sts({ ...withoutToken, sessionToken: `${sessionToken}x` }).getCallerIdentity({}),
      'InvalidClientTokenId',
    );
    await expectAwsError(cloud.sts({ ...one, sessionToken }).getCallerIdentity({}), 'InvalidClientTokenId');
  });

  for (const [name, more] of [
    ['a role that does not exist', { RoleArn: roleArn(two.accountId, 'nobody') }],
    ['a wrong external id', { ExternalId: 'guess' }],
    ['no external id', { ExternalId: undefined }],
  ] as const) {
    it(`denies ${name}`, async () => {
      const error = await expectAwsError(assume(more), 'AccessDenied', 403);
      expect(error.message).to.contain('sts:AssumeRole');
    });
  }

  it('denies an account that the role does not trust', async () => {
    await expectAwsError(cloud.sts(two).assumeRole(role), 'AccessDenied', 403);
  });

  it('refuses a session that is too long for the role, and a name that is none', async () => {
    await expectAwsError(assume({ DurationSeconds: 7200 }), 'ValidationError', 400);
    await expectAwsError(assume({ RoleSessionName: 'a b' }), 'ValidationError', 400);
  });
});

describe('GetUser, ListUsers and SimulatePrincipalPolicy', () => {
  const cloud = useSimulator();

  it('finds the caller, another user by name, and nobody else', async () => {
    cloud.simulator.addAccessKey({
      accessKeyId: 'SIMANOTHERUSERKEY',
      secretAccessKey: 's',
      accountId: one.accountId,
      userName: 'other',
    });

    expect((await cloud.iam().getUser({})).User?.UserName).to.equal(one.userName);
    expect((await cloud.iam().getUser({ UserName: 'other' })).User?.Arn).to.equal(
      `arn:aws:iam::${one.accountId}:user/other`,
    );
    await expectAwsError(cloud.iam().getUser({ UserName: 'nobody' }), 'NoSuchEntityException', 404);
    const { Users } = await cloud.iam().listUsers({});
    expect(Users?.map(({ UserName }) => UserName)).to.have.members([one.userName, 'other']);
  });

  it('says beforehand what would be denied', async () => {
    cloud.simulator.setDeniedActions({ ...place, userName: one.userName, deniedActions: ['ec2:Terminate*'] });

    const { EvaluationResults } = await cloud.iam().simulatePrincipalPolicy({
      PolicySourceArn: `arn:aws:iam::${one.accountId}:user/${one.userName}`,
      ActionNames: ['ec2:DescribeInstances', 'ec2:TerminateInstances'],
    });

    const decisions = Object.fromEntries(
      EvaluationResults?.map((each) => [each.EvalActionName, each.EvalDecision]) ?? [],
    );
    expect(decisions).to.deep.equal({
      'ec2:DescribeInstances': 'allowed',
      'ec2:TerminateInstances': 'explicitDeny',
    });
  });

  it('refuses principals that it does not know', async () => {
    const ask = (PolicySourceArn: string) =>
      cloud.iam().simulatePrincipalPolicy({ PolicySourceArn, ActionNames: ['ec2:DescribeInstances'] });

    await expectAwsError(ask(`arn:aws:iam::${one.accountId}:user/nobody`), 'NoSuchEntityException', 404);
    await expectAwsError(
      ask(`arn:aws:sts::${one.accountId}:assumed-role/gateway/x`),
      'InvalidInputException',
      400,
    );
  });
});
