// The younger services of the query protocol, each used as the acceptance test of the proxy uses it.
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Redshift } from '@aws-sdk/client-redshift';
import { Route53 } from '@aws-sdk/client-route-53';
import { S3 } from '@aws-sdk/client-s3';
import { SES } from '@aws-sdk/client-ses';
import { SNS } from '@aws-sdk/client-sns';
import { STS } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { expectAwsError, one, two, useSimulator } from '../use-simulator.ts';

describe('the query services', () => {
  const cloud = useSimulator();

  it('Redshift', async () => {
    const redshift = cloud.client(Redshift);
    expect((await redshift.describeClusters({})).Clusters).to.deep.equal([]);
    await expectAwsError(
      redshift.describeClusters({ ClusterIdentifier: 'none' }),
      'ClusterNotFoundFault',
      404,
    );
  });

  it('SES', async () => {
    const ses = cloud.client(SES);
    const ConfigurationSet = { Name: 'set' };
    await ses.createConfigurationSet({ ConfigurationSet });
    await expectAwsError(
      ses.createConfigurationSet({ ConfigurationSet }),
      'ConfigurationSetAlreadyExistsException',
    );
    expect((await ses.listConfigurationSets({})).ConfigurationSets).to.deep.equal([ConfigurationSet]);
    const ConfigurationSetName = 'set';
    expect((await ses.describeConfigurationSet({ ConfigurationSetName })).ConfigurationSet).to.deep.equal(
      ConfigurationSet,
    );
    await ses.deleteConfigurationSet({ ConfigurationSetName });
    await expectAwsError(
      ses.describeConfigurationSet({ ConfigurationSetName }),
      'ConfigurationSetDoesNotExistException',
      400,
    );
  });

  it('SNS', async () => {
    const sns = cloud.client(SNS);
    const { TopicArn = '' } = await sns.createTopic({ Name: 'topic' });
    expect((await sns.listTopics({})).Topics).to.deep.equal([{ TopicArn }]);
    expect((await sns.getTopicAttributes({ TopicArn })).Attributes).to.deep.equal({
      TopicArn,
      Owner: one.accountId,
    });
    expect((await sns.publish({ TopicArn, Message: 'hello' })).MessageId).to.match(/^[0-9a-f-]{36}$/);
    await sns.deleteTopic({ TopicArn });
    await expectAwsError(sns.getTopicAttributes({ TopicArn }), 'NotFoundException', 404);
  });

  it('STS sessions of a role, which every service takes', async () => {
    const { Credentials } = await cloud.sts().assumeRole({
      RoleArn: `arn:aws:iam::${two.accountId}:role/gateway`,
      RoleSessionName: 'test',
      ExternalId: 'demo-external-id',
    });
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    await cloud.client(DynamoDB, { credentials }).listTables({});
    await cloud.client(S3, { credentials, forcePathStyle: true }).createBucket({ Bucket: 'of-the-role' });
    await cloud.client(Route53, { credentials }).listReusableDelegationSets({});
    for (const { accountId, accessKeyId } of cloud.simulator.calls().calls.slice(1)) {
      expect([accountId, accessKeyId]).to.deep.equal([two.accountId, credentials.accessKeyId]);
    }
  });

  it('STS sessions of a user, which every service takes', async () => {
    const { Credentials } = await cloud.sts().getSessionToken({});
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    expect((await cloud.sts(session).getCallerIdentity({})).Arn).to.contain(`user/${one.userName}`);
    expect((await cloud.client(SNS, { credentials: session }).listTopics({})).Topics).to.deep.equal([]);
    await expectAwsError(
      cloud.client(STS, { credentials: session }).getSessionToken({}),
      'AccessDenied',
      403,
    );
    const { sessionToken: _dropped, ...withoutToken } = session;
    await expectAwsError(
      cloud.client(SNS, { credentials: withoutToken }).listTopics({}),
      'InvalidClientTokenId',
      403,
    );
    cloud.simulator.advanceMs(43_200_000);
    await expectAwsError(cloud.client(SNS, { credentials: session }).listTopics({}), 'ExpiredToken', 403);
  });
});
