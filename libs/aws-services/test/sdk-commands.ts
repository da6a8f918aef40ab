// Commands of the installed clients: every protocol, and of S3 and other REST services the ones that are easily mistaken.
import * as apigateway from '@aws-sdk/client-api-gateway';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as cognitoIdentity from '@aws-sdk/client-cognito-identity';
import * as cognitoIdp from '@aws-sdk/client-cognito-identity-provider';
import * as devicefarm from '@aws-sdk/client-device-farm';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import * as glacier from '@aws-sdk/client-glacier';
import * as iam from '@aws-sdk/client-iam';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as lambda from '@aws-sdk/client-lambda';
import * as mobile from '@aws-sdk/client-mobile';
import * as pinpoint from '@aws-sdk/client-pinpoint';
import * as redshift from '@aws-sdk/client-redshift';
import * as route53 from '@aws-sdk/client-route-53';
import * as s3 from '@aws-sdk/client-s3';
import * as ses from '@aws-sdk/client-ses';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import type { Protocol } from '../src/aws-service.ts';

const bucket = { Bucket: 'a-bucket' };
const object = { ...bucket, Key: 'a//x/../y z.txt' };
const dotted = { Bucket: 'a.dotted.bucket', Key: 'k' };

export const sdkCommands: readonly (readonly [
  service: string,
  protocol: Protocol,
  commands: Readonly<Record<string, unknown>>,
])[] = [
  [
    's3',
    'rest-xml',
    {
      ListBuckets: new s3.ListBucketsCommand({}),
      CreateBucket: new s3.CreateBucketCommand(bucket),
      DeleteBucket: new s3.DeleteBucketCommand(bucket),
      HeadBucket: new s3.HeadBucketCommand(bucket),
      ListObjects: new s3.ListObjectsCommand({ ...bucket, Prefix: 'a/' }),
      ListObjectsV2: new s3.ListObjectsV2Command({ ...bucket, Prefix: 'a/', MaxKeys: 3 }),
      ListObjectVersions: new s3.ListObjectVersionsCommand(bucket),
      ListMultipartUploads: new s3.ListMultipartUploadsCommand(bucket),
      GetBucketAcl: new s3.GetBucketAclCommand(bucket),
      GetBucketLocation: new s3.GetBucketLocationCommand(bucket),
      GetBucketLifecycleConfiguration: new s3.GetBucketLifecycleConfigurationCommand(bucket),
      GetBucketInventoryConfiguration: new s3.GetBucketInventoryConfigurationCommand({ ...bucket, Id: '1' }),
      ListBucketInventoryConfigurations: new s3.ListBucketInventoryConfigurationsCommand(bucket),
      PutBucketPolicy: new s3.PutBucketPolicyCommand({ ...bucket, Policy: '{}' }),
      DeleteObjects: new s3.DeleteObjectsCommand({ ...bucket, Delete: { Objects: [{ Key: 'k' }] } }),
      GetObject: new s3.GetObjectCommand({ ...object, VersionId: '1', ResponseContentType: 'text/plain' }),
      HeadObject: new s3.HeadObjectCommand(object),
      PutObject: new s3.PutObjectCommand({ ...object, Body: 'x' }),
      CopyObject: new s3.CopyObjectCommand({ ...object, CopySource: 'b/k' }),
      DeleteObject: new s3.DeleteObjectCommand(dotted),
      GetObjectTagging: new s3.GetObjectTaggingCommand(dotted),
      PutObjectAcl: new s3.PutObjectAclCommand({ ...object, ACL: 'private' }),
      CreateMultipartUpload: new s3.CreateMultipartUploadCommand(object),
      UploadPart: new s3.UploadPartCommand({ ...object, UploadId: 'u', PartNumber: 1, Body: 'x' }),
      UploadPartCopy: new s3.UploadPartCopyCommand({
        ...object,
        UploadId: 'u',
        PartNumber: 1,
        CopySource: 'b/k',
      }),
      ListParts: new s3.ListPartsCommand({ ...object, UploadId: 'u' }),
      CompleteMultipartUpload: new s3.CompleteMultipartUploadCommand({
        ...object,
        UploadId: 'u',
        MultipartUpload: {},
      }),
      AbortMultipartUpload: new s3.AbortMultipartUploadCommand({ ...object, UploadId: 'u' }),
      RestoreObject: new s3.RestoreObjectCommand({ ...object, RestoreRequest: { Days: 1 } }),
      SelectObjectContent: new s3.SelectObjectContentCommand({
        ...object,
        Expression: 'select 1',
        ExpressionType: 'SQL',
        InputSerialization: { CSV: {} },
        OutputSerialization: { CSV: {} },
      }),
      CreateSession: new s3.CreateSessionCommand({ Bucket: 'a--use1-az4--x-s3' }),
    },
  ],
  [
    'lambda',
    'rest-json',
    {
      ListFunctions: new lambda.ListFunctionsCommand({ MaxItems: 1 }),
      GetFunction: new lambda.GetFunctionCommand({ FunctionName: 'f', Qualifier: '1' }),
      GetPolicy: new lambda.GetPolicyCommand({
        FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      }),
      Invoke: new lambda.InvokeCommand({ FunctionName: 'f', Payload: '{}' }),
      GetLayerVersionByArn: new lambda.GetLayerVersionByArnCommand({ Arn: 'arn:aws:lambda:::layer:l:1' }),
      TagResource: new lambda.TagResourceCommand({
        Resource: 'arn:aws:lambda:::function:f',
        Tags: { a: 'b' },
      }),
    },
  ],
  [
    'apigateway',
    'rest-json',
    {
      GetRestApis: new apigateway.GetRestApisCommand({}),
      CreateRestApi: new apigateway.CreateRestApiCommand({ name: 'a' }),
      ImportRestApi: new apigateway.ImportRestApiCommand({ body: new Uint8Array() }),
      GetMethod: new apigateway.GetMethodCommand({ restApiId: 'r', resourceId: 's', httpMethod: 'GET' }),
      UntagResource: new apigateway.UntagResourceCommand({
        resourceArn: 'arn:aws:apigateway::/x',
        tagKeys: ['a', 'b'],
      }),
    },
  ],
  [
    'glacier',
    'rest-json',
    {
      ListVaults: new glacier.ListVaultsCommand({ accountId: '-' }),
      AddTagsToVault: new glacier.AddTagsToVaultCommand({ accountId: '-', vaultName: 'v', Tags: {} }),
      InitiateJob: new glacier.InitiateJobCommand({ accountId: '-', vaultName: 'v' }),
    },
  ],
  [
    'pinpoint',
    'rest-json',
    {
      GetApps: new pinpoint.GetAppsCommand({}),
      SendMessages: new pinpoint.SendMessagesCommand({
        ApplicationId: 'a',
        MessageRequest: { MessageConfiguration: {} },
      }),
      GetSegmentVersions: new pinpoint.GetSegmentVersionsCommand({ ApplicationId: 'a', SegmentId: 's' }),
    },
  ],
  [
    'mobile',
    'rest-json',
    {
      ListProjects: new mobile.ListProjectsCommand({}),
      DescribeProject: new mobile.DescribeProjectCommand({ projectId: 'p' }),
      ExportBundle: new mobile.ExportBundleCommand({ bundleId: 'b' }),
    },
  ],
  [
    'route53',
    'rest-xml',
    {
      ListHostedZones: new route53.ListHostedZonesCommand({}),
      GetHostedZone: new route53.GetHostedZoneCommand({ Id: '/hostedzone/Z1' }),
      ChangeResourceRecordSets: new route53.ChangeResourceRecordSetsCommand({
        HostedZoneId: 'Z1',
        ChangeBatch: { Changes: [] },
      }),
    },
  ],
  [
    'dynamodb',
    'json-1.0',
    {
      ListTables: new dynamodb.ListTablesCommand({}),
      GetItem: new dynamodb.GetItemCommand({ TableName: 't', Key: {} }),
      TransactWriteItems: new dynamodb.TransactWriteItemsCommand({ TransactItems: [] }),
    },
  ],
  [
    'ecs',
    'json-1.1',
    {
      ListClusters: new ecs.ListClustersCommand({}),
      RunTask: new ecs.RunTaskCommand({ taskDefinition: 't' }),
    },
  ],
  [
    'sqs',
    'json-1.0',
    {
      ListQueues: new sqs.ListQueuesCommand({}),
      CreateQueue: new sqs.CreateQueueCommand({ QueueName: 'q' }),
    },
  ],
  [
    'cognito-identity',
    'json-1.1',
    {
      ListIdentityPools: new cognitoIdentity.ListIdentityPoolsCommand({ MaxResults: 1 }),
      DeleteIdentities: new cognitoIdentity.DeleteIdentitiesCommand({ IdentityIdsToDelete: [] }),
    },
  ],
  [
    'cognito-idp',
    'json-1.1',
    {
      ListUserPools: new cognitoIdp.ListUserPoolsCommand({ MaxResults: 1 }),
      AdminGetUser: new cognitoIdp.AdminGetUserCommand({ UserPoolId: 'p', Username: 'u' }),
    },
  ],
  [
    'devicefarm',
    'json-1.1',
    {
      ListProjects: new devicefarm.ListProjectsCommand({}),
      CreateProject: new devicefarm.CreateProjectCommand({ name: 'p' }),
    },
  ],
  [
    'kinesis',
    'json-1.1',
    {
      ListStreams: new kinesis.ListStreamsCommand({}),
      DescribeLimits: new kinesis.DescribeLimitsCommand({}),
    },
  ],
  [
    'sns',
    'query',
    {
      ListTopics: new sns.ListTopicsCommand({}),
      Publish: new sns.PublishCommand({
        TopicArn: 'arn:aws:sns:us-east-1:123456789012:t',
        Message: 'Action=Other',
      }),
    },
  ],
  [
    'ses',
    'query',
    {
      ListIdentities: new ses.ListIdentitiesCommand({}),
      SendEmail: new ses.SendEmailCommand({
        Source: 'a@example.com',
        Destination: { ToAddresses: ['b@example.com'] },
        Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
      }),
    },
  ],
  [
    'redshift',
    'query',
    {
      DescribeClusters: new redshift.DescribeClustersCommand({}),
      GetClusterCredentials: new redshift.GetClusterCredentialsCommand({
        DbUser: 'u',
        ClusterIdentifier: 'c',
      }),
    },
  ],
  [
    'iam',
    'query',
    {
      ListUsers: new iam.ListUsersCommand({}),
      CreateAccessKey: new iam.CreateAccessKeyCommand({ UserName: 'u' }),
    },
  ],
  [
    'sts',
    'query',
    {
      GetCallerIdentity: new sts.GetCallerIdentityCommand({}),
      AssumeRole: new sts.AssumeRoleCommand({
        RoleArn: 'arn:aws:iam::123456789012:role/r',
        RoleSessionName: 's',
      }),
    },
  ],
  [
    'ec2',
    'ec2',
    {
      DescribeInstances: new ec2.DescribeInstancesCommand({}),
      RunInstances: new ec2.RunInstancesCommand({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1 }),
    },
  ],
  [
    'cloudwatch',
    'json-1.0',
    {
      ListMetrics: new cloudwatch.ListMetricsCommand({}),
      PutMetricData: new cloudwatch.PutMetricDataCommand({ Namespace: 'n', MetricData: [] }),
    },
  ],
];
