import { expect } from 'chai';
import { catalogue, type ServiceRecord } from '../src/catalogue.ts';
import { findEndpoint } from '../src/find-endpoint.ts';
import { hostFor } from '../src/host-for.ts';
import { type OperationRequest, operationOf } from '../src/operation-of.ts';
import { createRandom } from './random.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('operationOf', () => {
  const cases: [title: string, services: string, request: Partial<Plain>, expected: string | undefined][] = [
    [
      'a target',
      'dynamodb',
      { headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' } },
      'dynamodb:ListTables',
    ],
    [
      'a target of an earlier API',
      'dynamodb',
      { headers: { 'x-amz-target': 'DynamoDB_20111205.ListTables' } },
      undefined,
    ],
    [
      'a target of the other service there',
      'dynamodb dynamodbstreams',
      { headers: { 'x-amz-target': 'DynamoDBStreams_20120810.GetRecords' } },
      'dynamodbstreams:GetRecords',
    ],
    [
      'a target with dots',
      'cloudtrail',
      { headers: { 'x-amz-target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents' } },
      'cloudtrail:LookupEvents',
    ],
    [
      'a target of another service',
      'dynamodb',
      { headers: { 'x-amz-target': 'AmazonSQS.ListQueues' } },
      undefined,
    ],
    [
      'a target without an operation',
      'dynamodb',
      { headers: { 'x-amz-target': 'DynamoDB_20120810.' } },
      undefined,
    ],
    [
      'a target that is no name',
      'dynamodb',
      { headers: { 'x-amz-target': 'DynamoDB_20120810.List Tables' } },
      undefined,
    ],
    ['no target', 'dynamodb', {}, undefined],
    [
      'an action in the body',
      'sns',
      { headers: form, bodyText: 'Action=ListTopics&Version=2010-03-31' },
      'sns:ListTopics',
    ],
    [
      'an action in the query',
      'sns',
      { method: 'GET', target: '/?Action=ListTopics&Version=2010-03-31' },
      'sns:ListTopics',
    ],
    ['an escaped action', 'sns', { headers: form, bodyText: '%41ction=%4cistTopics' }, 'sns:ListTopics'],
    [
      'an action of EC2',
      'ec2',
      { headers: form, bodyText: 'Action=RunInstances&Version=2016-11-15' },
      'ec2:RunInstances',
    ],
    [
      'the old load balancers',
      'elb elbv2',
      { headers: form, bodyText: 'Action=DescribeLoadBalancers&Version=2012-06-01' },
      'elb:DescribeLoadBalancers',
    ],
    [
      'the new load balancers',
      'elb elbv2',
      { headers: form, bodyText: 'Action=DescribeLoadBalancers&Version=2015-12-01' },
      'elbv2:DescribeLoadBalancers',
    ],
    [
      'load balancers of no version',
      'elb elbv2',
      { headers: form, bodyText: 'Action=DescribeLoadBalancers' },
      undefined,
    ],
    [
      'the query protocol of before, in SQS',
      'sqs',
      { headers: form, bodyText: 'Action=ListQueues&Version=2012-11-05' },
      'sqs:ListQueues',
    ],
    [
      'the query protocol of before, at the path of a queue',
      'sqs',
      { target: '/123456789012/q', headers: form, bodyText: 'Action=SendMessage' },
      'sqs:SendMessage',
    ],
    [
      'SES at the host of both',
      'ses pinpoint-email sesv2',
      { headers: form, bodyText: 'Action=SendEmail&Version=2010-12-01' },
      'ses:SendEmail',
    ],
    [
      'SES v2 at the host of both',
      'ses pinpoint-email sesv2',
      { target: '/v2/email/outbound-emails' },
      'sesv2:SendEmail',
    ],
    [
      'CBOR',
      'cloudwatch',
      {
        target: '/service/GraniteServiceVersion20100801/operation/ListMetrics',
        headers: { 'smithy-protocol': 'rpc-v2-cbor' },
      },
      'cloudwatch:ListMetrics',
    ],
    [
      'CBOR of another service',
      'cloudwatch',
      { target: '/service/Other/operation/ListMetrics', headers: { 'smithy-protocol': 'rpc-v2-cbor' } },
      undefined,
    ],
    ['a path', 'lambda', { method: 'GET', target: '/2015-03-31/functions/f/policy' }, 'lambda:GetPolicy'],
    [
      'a path with a slash at its end',
      'lambda',
      { method: 'GET', target: '/2015-03-31/functions/' },
      'lambda:ListFunctions',
    ],
    [
      'a path without it',
      'lambda',
      { method: 'GET', target: '/2015-03-31/functions' },
      'lambda:ListFunctions',
    ],
    [
      'an escaped label',
      'lambda',
      { method: 'GET', target: '/2015-03-31/functions/arn%3Aaws%3Alambda%3A%2Fx/policy' },
      'lambda:GetPolicy',
    ],
    ['a path of nothing', 'lambda', { method: 'GET', target: '/nothing/here' }, undefined],
    [
      'a method that it has not',
      'lambda',
      { method: 'PATCH', target: '/2015-03-31/functions/f/policy' },
      undefined,
    ],
    [
      'a query that decides',
      'glacier',
      { target: '/-/vaults/v/tags?operation=remove' },
      'glacier:RemoveTagsFromVault',
    ],
    [
      'a greedy label in the middle',
      's3control',
      { method: 'GET', target: '/v20180820/mrap/instances/a/b/policy' },
      's3control:GetMultiRegionAccessPointPolicy',
    ],
    ['the buckets', 's3', { method: 'GET' }, 's3:ListBuckets'],
    [
      'a bucket in the path',
      's3',
      { method: 'GET', target: '/bucket?list-type=2&prefix=a' },
      's3:ListObjectsV2',
    ],
    ['a bucket with a slash at its end', 's3', { method: 'PUT', target: '/bucket/' }, 's3:CreateBucket'],
    ['a bucket in the host', 's3', { method: 'GET', target: '/?acl', bucket: 'bucket' }, 's3:GetBucketAcl'],
    ['a key in the path', 's3', { method: 'GET', target: '/bucket/a//x/../y' }, 's3:GetObject'],
    ['a key that is a slash', 's3', { method: 'GET', target: '//', bucket: 'bucket' }, 's3:GetObject'],
    [
      'a sub-resource',
      's3',
      { method: 'GET', target: '/k?tagging', bucket: 'bucket' },
      's3:GetObjectTagging',
    ],
    [
      'a copied part',
      's3',
      { method: 'PUT', target: '/b/k?partNumber=1&uploadId=u', headers: { 'x-amz-copy-source': 'b/k' } },
      's3:UploadPartCopy',
    ],
    [
      'what a presigned URL adds',
      's3',
      {
        method: 'GET',
        target: '/b/k?x-id=GetObject&X-Amz-Signature=0&X-Amz-Expires=60&response-content-type=a',
      },
      's3:GetObject',
    ],
    ['an unknown sub-resource', 's3', { method: 'GET', target: '/b/k?brandnew' }, undefined],
    ['two sub-resources', 's3', { method: 'GET', target: '/b/k?acl&tagging' }, undefined],
    [
      'a session',
      's3',
      { method: 'GET', target: '/?session', bucket: 'b--use1-az4--x-s3' },
      's3:CreateSession',
    ],
    ['no candidate', '', { method: 'GET' }, undefined],
  ];
  for (const [title, services, request, expected] of cases) {
    it(`reads ${title}: ${expected ?? 'nothing'}`, () => {
      const operation = operationOf(plain(services, request));

      expect(operation.action && `${operation.service}:${operation.action}`).to.equal(expected);
    });
  }

  const smuggled: [title: string, services: string, request: Partial<Plain>][] = [
    ['the action twice', 'sns', { headers: form, bodyText: 'Action=ListTopics&Action=DeleteTopic' }],
    [
      'one action in the query, one in the body',
      'sns',
      { target: '/?Action=ListTopics', headers: form, bodyText: 'Action=DeleteTopic' },
    ],
    [
      'one in a body that says it is no form',
      'sns',
      {
        target: '/?Action=ListTopics',
        headers: { 'content-type': 'text/plain' },
        bodyText: 'Action=DeleteTopic',
      },
    ],
    [
      'the action in two spellings',
      'sns',
      { headers: form, bodyText: 'Action=ListTopics&action=DeleteTopic' },
    ],
    [
      'two versions',
      'elb elbv2',
      { headers: form, bodyText: 'Action=A&Version=2012-06-01&Version=2015-12-01' },
    ],
    [
      'a target besides the action',
      'sqs',
      { headers: { ...form, 'x-amz-target': 'AmazonSQS.DeleteQueue' }, bodyText: 'Action=ListQueues' },
    ],
    [
      'an unknown target besides the action',
      'sns',
      { headers: { ...form, 'x-amz-target': 'Sns.DeleteTopic' }, bodyText: 'Action=ListTopics' },
    ],
    [
      'an action besides the target',
      'dynamodb',
      { target: '/?Action=DeleteTable', headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' } },
    ],
    [
      'a path of CBOR besides the target',
      'cloudwatch',
      {
        target: '/service/GraniteServiceVersion20100801/operation/DeleteAlarms',
        headers: { 'x-amz-target': 'GraniteServiceVersion20100801.ListMetrics' },
      },
    ],
    [
      'the header of CBOR besides the target',
      'dynamodb',
      { headers: { 'smithy-protocol': 'rpc-v2-cbor', 'x-amz-target': 'DynamoDB_20120810.ListTables' } },
    ],
    [
      'an action besides a path',
      'ses sesv2',
      { target: '/v2/email/identities?Action=DeleteIdentity&Version=2010-12-01', method: 'GET' },
    ],
    [
      'an action besides a path of nothing',
      'ses sesv2',
      { target: '/v9/unheard?Action=DeleteIdentity&Version=2010-12-01' },
    ],
    [
      'a target besides a path',
      'lambda',
      { method: 'GET', target: '/2015-03-31/functions', headers: { 'x-amz-target': 'A.B' } },
    ],
    [
      'another method',
      'lambda',
      { method: 'GET', target: '/2015-03-31/functions/f', headers: { 'x-http-method-override': 'DELETE' } },
    ],
    ['a dot segment', 'lambda', { method: 'GET', target: '/2015-03-31/functions/f/../policy' }],
    ['an escaped dot segment', 'lambda', { method: 'GET', target: '/2015-03-31/functions/%2e%2E/policy' }],
    ['an empty segment', 'lambda', { method: 'GET', target: '/2015-03-31//functions/f/policy' }],
    [
      'an escape that hides a literal',
      'lambda',
      { method: 'GET', target: '/2015-03-31/functions/f/polic%79' },
    ],
    [
      'an escape that makes a literal a label',
      'apigateway',
      { method: 'GET', target: '/restapis/r/stages/s/%73dks/x' },
    ],
    ['a deciding parameter twice', 'glacier', { target: '/-/vaults/v/tags?operation=add&operation=remove' }],
    ['an escaped slash after the bucket', 's3', { method: 'DELETE', target: '/bucket%2Fkey' }],
    ['a target that is not in origin form', 's3', { method: 'GET', target: 'https://s3.amazonaws.com/b' }],
  ];
  for (const [title, services, request] of smuggled) {
    it(`reads nothing from ${title}`, () => {
      expect(operationOf(plain(services, request)).action).to.equal(undefined);
    });
  }

  it('reads nothing from a header that came twice', () => {
    const headers = new Map([
      ['x-amz-target', ['DynamoDB_20120810.ListTables', 'DynamoDB_20120810.DeleteTable']],
    ]);

    expect(operationOf({ ...plain('dynamodb', {}), headers }).action).to.equal(undefined);
  });

  it('names all services that took over an operation', () => {
    const operation = operationOf(
      plain('greengrass greengrassv2', { method: 'GET', target: '/greengrass/servicerole' }),
    );

    expect(operation).to.deep.equal({
      service: 'greengrass',
      services: ['greengrass', 'greengrassv2'],
      action: 'GetServiceRoleForAccount',
      protocol: 'rest-json',
    });
  });

  it('reads every operation of every REST service among all that share its host', () => {
    let count = 0;
    const mistaken: string[] = [];
    for (const service of catalogue().services) {
      const services = sharersOf(service);
      for (const line of service.operationLines.split('\n').filter(Boolean)) {
        const { name, request } = example(line);
        const operation = operationOf({ ...request, services });
        const isRight = operation.action === name && operation.services.includes(service.id);
        if (!isRight) mistaken.push(`${service.id} ${line}: ${operation.service}:${operation.action}`);
        count += 1;
      }
    }
    expect(mistaken).to.deep.equal([]);
    expect(count).to.be.greaterThan(9_000);
  });

  it('bears any request', () => {
    const random = createRandom(7);
    const services = catalogue().services.map(({ id }) => id);
    const texts = [
      '/',
      '/a/b',
      '?acl',
      '%',
      '%2e',
      'Action=A',
      '&',
      '=',
      '//',
      '/2015-03-31/functions',
      '\u00ff',
      'a'.repeat(300),
    ];
    for (let round = 0; round < 20_000; round += 1) {
      const text = random.mutate(random.pick(texts) + random.pick(texts) + random.pick(texts));
      const operation = operationOf({
        services: [random.pick(services), random.pick(services)],
        method: random.pick(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', '']),
        target: text,
        headers: new Map(random.below(2) ? [['x-amz-target', [text]]] : []),
        bodyText: text,
      });
      if (!/^[A-Za-z][A-Za-z0-9]*$/.test(operation.action ?? 'A'))
        expect.fail(`${text}: ${operation.action}`);
    }
  });
});

interface Plain {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyText: string;
  readonly bucket: string;
}

function plain(services: string, request: Partial<Plain>): OperationRequest {
  const { method = 'POST', target = '/', headers = {}, bodyText, bucket } = request;
  return {
    services: services.split(' ').filter(Boolean),
    method,
    target,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    bodyText,
    bucket,
  };
}

function sharersOf({ id, signingNames: [signingName = ''] }: ServiceRecord): readonly string[] {
  const upstream = hostFor({ signingName, region: 'us-east-1', service: id });
  return (upstream && findEndpoint(upstream.host)?.services) ?? [id];
}

/** A request as the line describes it: labels filled, what the query and the headers must hold there. */
function example(line: string): { name: string; request: OperationRequest } {
  const [method = '', template = '', name = ''] = line.split(' ');
  const [path = '', conditions = ''] = template.split('?');
  const words = conditions.split('&').filter(Boolean);
  const query = words
    .filter((word) => !/^[*^]/.test(word))
    .map((word) => (word.includes('=') ? word : `${word}=v`));
  const filled = path.replaceAll('{+}', 'some/thing').replaceAll('{}', 'label');
  return {
    name,
    request: {
      services: [],
      method,
      target: query.length > 0 ? `${filled}?${query.join('&')}` : filled,
      headers: new Map(words.filter((word) => word.startsWith('^')).map((word) => [word.slice(1), ['v']])),
    },
  };
}
