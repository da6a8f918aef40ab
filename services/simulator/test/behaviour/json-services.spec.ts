// The services that speak AWS JSON, each used as the acceptance test of the proxy uses it.
import { gzipSync } from 'node:zlib';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { DeviceFarm } from '@aws-sdk/client-device-farm';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { ECS } from '@aws-sdk/client-ecs';
import { Kinesis } from '@aws-sdk/client-kinesis';
import { SQS } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect } from 'chai';
import { send, signCall } from '../raw-call.ts';
import { expectAwsError, one, useSimulator } from '../use-simulator.ts';

describe('the JSON services', () => {
  const cloud = useSimulator();

  it('Cognito identity pools', async () => {
    const cognito = cloud.client(CognitoIdentity);
    const made = await cognito.createIdentityPool({
      IdentityPoolName: 'first',
      AllowUnauthenticatedIdentities: true,
    });
    const IdentityPoolId = made.IdentityPoolId ?? '';
    expect((await cognito.listIdentityPools({ MaxResults: 10 })).IdentityPools).to.deep.equal([
      { IdentityPoolId, IdentityPoolName: 'first' },
    ]);
    expect(await cognito.describeIdentityPool({ IdentityPoolId })).to.include({
      IdentityPoolName: 'first',
      AllowUnauthenticatedIdentities: true,
    });
    await cognito.updateIdentityPool({
      IdentityPoolId,
      IdentityPoolName: 'second',
      AllowUnauthenticatedIdentities: false,
    });
    expect(await cognito.describeIdentityPool({ IdentityPoolId })).to.include({
      IdentityPoolName: 'second',
      AllowUnauthenticatedIdentities: false,
    });
    expect((await cognito.listIdentities({ IdentityPoolId, MaxResults: 10 })).Identities).to.deep.equal([]);
    await cognito.deleteIdentityPool({ IdentityPoolId });
    await expectAwsError(cognito.describeIdentityPool({ IdentityPoolId }), 'ResourceNotFoundException', 400);
  });

  it('Cognito user pools', async () => {
    const cognito = cloud.client(CognitoIdentityProvider);
    const { UserPool } = await cognito.createUserPool({ PoolName: 'pool' });
    const UserPoolId = UserPool?.Id ?? '';
    const { UserPools } = await cognito.listUserPools({ MaxResults: 10 });
    expect(UserPools?.map(({ Id, Name }) => [Id, Name])).to.deep.equal([[UserPoolId, 'pool']]);
    await cognito.updateUserPool({ UserPoolId, EmailVerificationSubject: 'Welcome' });
    const described = await cognito.describeUserPool({ UserPoolId });
    expect(described.UserPool?.VerificationMessageTemplate?.EmailSubject).to.equal('Welcome');
    expect(described.UserPool?.CreationDate?.getTime()).to.equal(cloud.clock.nowMs());
    await cognito.deleteUserPool({ UserPoolId });
    await expectAwsError(cognito.describeUserPool({ UserPoolId }), 'ResourceNotFoundException', 400);
  });

  it('Device Farm, in us-west-2 and nowhere else', async () => {
    const farm = cloud.client(DeviceFarm, { region: 'us-west-2' });
    const { project } = await farm.createProject({ name: 'project' });
    const arn = project?.arn ?? '';
    expect((await farm.listProjects({})).projects?.map(({ name }) => name)).to.deep.equal(['project']);
    expect((await farm.getProject({ arn })).project?.name).to.equal('project');
    await farm.deleteProject({ arn });
    await expectAwsError(farm.getProject({ arn }), 'NotFoundException', 400);
    await expectAwsError(cloud.client(DeviceFarm).listProjects({}), 'InvalidSignatureException', 400);
  });

  it('DynamoDB tables, that take their time', async () => {
    const dynamo = cloud.client(DynamoDB);
    const TableName = 'table';
    const create = {
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'attr1', AttributeType: 'S' as const },
        { AttributeName: 'attr2', AttributeType: 'S' as const },
      ],
      KeySchema: [
        { AttributeName: 'attr1', KeyType: 'HASH' as const },
        { AttributeName: 'attr2', KeyType: 'RANGE' as const },
      ],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    };
    expect((await dynamo.createTable(create)).TableDescription?.TableStatus).to.equal('CREATING');
    await expectAwsError(dynamo.createTable(create), 'ResourceInUseException');
    expect((await dynamo.listTables({})).TableNames).to.deep.equal([TableName]);
    cloud.simulator.advanceMs(1500);
    expect((await dynamo.describeTable({ TableName })).Table?.TableStatus).to.equal('ACTIVE');
    const key = { attr1: { S: 'a' }, attr2: { S: 'b' } };
    await dynamo.putItem({ TableName, Item: { ...key, value: { N: '1' } } });
    expect((await dynamo.getItem({ TableName, Key: key })).Item).to.deep.equal({ ...key, value: { N: '1' } });
    expect((await dynamo.getItem({ TableName, Key: { ...key, attr2: { S: 'c' } } })).Item).to.equal(
      undefined,
    );
    await dynamo.deleteItem({ TableName, Key: key });
    expect((await dynamo.getItem({ TableName, Key: key })).Item).to.equal(undefined);
    await expectAwsError(dynamo.getItem({ TableName, Key: {} }), 'ValidationException');
    expect((await dynamo.deleteTable({ TableName })).TableDescription?.TableStatus).to.equal('DELETING');
    cloud.simulator.advanceMs(1500);
    expect((await dynamo.listTables({})).TableNames).to.deep.equal([]);
    await expectAwsError(dynamo.describeTable({ TableName }), 'ResourceNotFoundException', 400);
  });

  it('ECS, with nothing in it', async () => {
    const ecs = cloud.client(ECS);
    expect((await ecs.listClusters({ maxResults: 10 })).clusterArns).to.deep.equal([]);
    expect((await ecs.listTaskDefinitionFamilies({ maxResults: 10 })).families).to.deep.equal([]);
    expect((await ecs.listTaskDefinitions({ maxResults: 10 })).taskDefinitionArns).to.deep.equal([]);
  });

  it('SQS, with the codes of its past for those who ask', async () => {
    const sqs = cloud.client(SQS);
    const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'queue' });
    expect(QueueUrl).to.equal(`${cloud.url}/${one.accountId}/queue`);
    expect((await sqs.listQueues({})).QueueUrls).to.deep.equal([QueueUrl]);
    expect((await sqs.getQueueUrl({ QueueName: 'queue' })).QueueUrl).to.equal(QueueUrl);
    await sqs.sendMessage({ QueueUrl, MessageBody: 'hello' });
    const [message] = (await sqs.receiveMessage({ QueueUrl })).Messages ?? [];
    expect(message?.Body).to.equal('hello');
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    expect((await sqs.receiveMessage({ QueueUrl })).Messages ?? []).to.deep.equal([]);
    await sqs.deleteQueue({ QueueUrl });

    await expectAwsError(sqs.getQueueUrl({ QueueName: 'queue' }), 'QueueDoesNotExist', 400);
    const target = { 'x-amz-target': 'AmazonSQS.GetQueueUrl', 'content-type': 'application/x-amz-json-1.0' };
    const ask = (headers: Record<string, string>) =>
      send(cloud.url, signCall(cloud.url, '{"QueueName":"queue"}', { service: 'sqs', headers }));
    expect((await ask({ ...target, 'x-amzn-query-mode': 'true' })).headers['x-amzn-query-error']).to.equal(
      'AWS.SimpleQueueService.NonExistentQueue;Sender',
    );
    expect((await ask(target)).headers['x-amzn-query-error']).to.equal(undefined);
  });

  it('Kinesis', async () => {
    // Its own choice would be HTTP/2, which the simulator does not speak.
    const kinesis = cloud.client(Kinesis, { requestHandler: new NodeHttpHandler() });
    await kinesis.createStream({ StreamName: 'stream', ShardCount: 1 });
    expect((await kinesis.listStreams({})).StreamNames).to.deep.equal(['stream']);
    const record = { StreamName: 'stream', PartitionKey: 'key', Data: Buffer.from([0, 255]) };
    expect((await kinesis.putRecord(record)).ShardId).to.equal('shardId-000000000000');
    await expectAwsError(
      kinesis.putRecord({ ...record, StreamName: 'other' }),
      'ResourceNotFoundException',
      400,
    );
  });

  describe('CloudWatch', () => {
    it('in JSON, small and compressed', async () => {
      const watch = cloud.client(CloudWatch);
      const put = (count: number) =>
        watch.putMetricData({
          Namespace: 'test',
          MetricData: Array.from({ length: count }, (_, i) => ({ MetricName: `metric-${i}`, Value: i })),
        });
      await put(1);
      await put(500);
      expect((await watch.listMetrics({ Namespace: 'test' })).Metrics).to.have.length(500);
    });

    it('in the query protocol', async () => {
      const body =
        'Action=PutMetricData&Version=2010-08-01&Namespace=old&MetricData.member.1.MetricName=m&MetricData.member.1.Value=1';
      const answer = await send(cloud.url, signCall(cloud.url, body, { service: 'monitoring' }));
      expect(answer.status, answer.body).to.equal(200);
      const { Metrics } = await cloud.client(CloudWatch).listMetrics({ Namespace: 'old' });
      expect(Metrics?.map(({ MetricName }) => MetricName)).to.deep.equal(['m']);
    });

    it('and refuses what is no document', async () => {
      const headers = {
        'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData',
        'content-encoding': 'gzip',
      };
      const ask = (body: string | Buffer) =>
        send(cloud.url, signCall(cloud.url, body, { service: 'monitoring', headers }));
      for (const body of ['not gzip', gzipSync('not json'), gzipSync(Buffer.alloc(80_000_000))]) {
        const answer = await ask(body);
        expect([answer.status, answer.body]).to.deep.equal([
          400,
          '{"__type":"SerializationException","message":"The body is not a JSON document."}',
        ]);
      }
    });
  });
});
