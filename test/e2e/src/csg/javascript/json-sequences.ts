// The services that speak AWS JSON.
import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { DeviceFarm } from '@aws-sdk/client-device-farm';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { ECS } from '@aws-sdk/client-ecs';
import { SQS } from '@aws-sdk/client-sqs';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectFailure } from './expect-failure.ts';
import type { ServiceSequences } from './service-sequences.ts';

export const cognitoIdentity: ServiceSequences = {
  async verify(open, name) {
    const cognito = open(CognitoIdentity);
    const { IdentityPoolId } = await cognito.createIdentityPool({
      IdentityPoolName: name,
      AllowUnauthenticatedIdentities: true,
    });
    const { IdentityPools } = await cognito.listIdentityPools({ MaxResults: 10 });
    expect(IdentityPools).to.deep.include({ IdentityPoolId, IdentityPoolName: name });
    const first = { IdentityPoolName: name, AllowUnauthenticatedIdentities: true };
    expect(await cognito.describeIdentityPool({ IdentityPoolId })).to.include(first);
    const second = { IdentityPoolName: `${name}2`, AllowUnauthenticatedIdentities: false };
    await cognito.updateIdentityPool({ IdentityPoolId, ...second });
    expect(await cognito.describeIdentityPool({ IdentityPoolId })).to.include(second);
    const { Identities } = await cognito.listIdentities({ IdentityPoolId, MaxResults: 10 });
    expect(Identities).to.deep.equal([]);
    await cognito.deleteIdentityPool({ IdentityPoolId });
    await expectFailure(cognito.describeIdentityPool({ IdentityPoolId }), /^ResourceNotFoundException$/);
  },
  denied: (open) => open(CognitoIdentity).listIdentityPools({ MaxResults: 10 }),
};

export const cognitoUserPools: ServiceSequences = {
  async verify(open, name) {
    const cognito = open(CognitoIdentityProvider);
    const { UserPool } = await cognito.createUserPool({ PoolName: name });
    const UserPoolId = UserPool?.Id;
    const { UserPools } = await cognito.listUserPools({ MaxResults: 10 });
    expect(UserPools?.map(({ Id }) => Id)).to.include(UserPoolId);
    expect((await cognito.describeUserPool({ UserPoolId })).UserPool?.Name).to.equal(name);
    const template = { EmailSubject: 'Welcome, ünïcode' };
    await cognito.updateUserPool({ UserPoolId, VerificationMessageTemplate: template });
    const described = await cognito.describeUserPool({ UserPoolId });
    expect(described.UserPool?.VerificationMessageTemplate).to.include(template);
    await cognito.deleteUserPool({ UserPoolId });
    await expectFailure(cognito.describeUserPool({ UserPoolId }), /^ResourceNotFoundException$/);
  },
  denied: (open) => open(CognitoIdentityProvider).listUserPools({ MaxResults: 10 }),
};

export const deviceFarm: ServiceSequences = {
  async verify(open, name) {
    const farm = open(DeviceFarm, 'us-west-2');
    const { project } = await farm.createProject({ name });
    const arn = project?.arn;
    expect((await farm.listProjects({})).projects?.map((each) => each.arn)).to.include(arn);
    expect((await farm.getProject({ arn })).project?.name).to.equal(name);
    await farm.deleteProject({ arn });
    await expectFailure(farm.getProject({ arn }), /NotFound/);
  },
  // In a region where it does not exist: the host of this call has no address.
  denied: (open) => open(DeviceFarm).listProjects({}),
};

export const dynamodb: ServiceSequences = {
  async verify(open, TableName) {
    const dynamo = open(DynamoDB);
    await dynamo.createTable({
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'attr1', AttributeType: 'S' },
        { AttributeName: 'attr2', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'attr1', KeyType: 'HASH' },
        { AttributeName: 'attr2', KeyType: 'RANGE' },
      ],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    });
    expect((await dynamo.listTables({})).TableNames).to.include(TableName);
    await eventually(
      async () => (await dynamo.describeTable({ TableName })).Table?.TableStatus === 'ACTIVE',
      { intervalMs: 100 },
    );
    await dynamo.deleteTable({ TableName });
    await eventually(
      async () => {
        const { TableNames = [] } = await dynamo.listTables({});
        return !TableNames.includes(TableName);
      },
      { intervalMs: 100 },
    );
    await expectFailure(dynamo.describeTable({ TableName }), /^ResourceNotFoundException$/);
  },
  denied: (open) => open(DynamoDB).listTables({}),
};

export const ecs: ServiceSequences = {
  async verify(open) {
    const containers = open(ECS);
    expect((await containers.listClusters({ maxResults: 10 })).clusterArns).to.be.an('array');
    expect((await containers.listTaskDefinitionFamilies({ maxResults: 10 })).families).to.be.an('array');
    expect((await containers.listTaskDefinitions({ maxResults: 10 })).taskDefinitionArns).to.be.an('array');
  },
  denied: (open) => open(ECS).listClusters({}),
};

export const sqs: ServiceSequences = {
  async verify(open, QueueName) {
    const queues = open(SQS);
    const { QueueUrl } = await queues.createQueue({ QueueName });
    expect((await queues.listQueues({})).QueueUrls).to.include(QueueUrl);
    expect((await queues.getQueueUrl({ QueueName })).QueueUrl).to.equal(QueueUrl);
    await queues.deleteQueue({ QueueUrl });
    await expectFailure(queues.getQueueUrl({ QueueName }), /NonExistentQueue|QueueDoesNotExist/);
  },
  denied: (open) => open(SQS).listQueues({}),
};
