import { expect } from 'chai';
import { errorProtocolOf } from '../src/error-protocol-of.ts';

describe('errorProtocolOf', () => {
  const json10 = { 'content-type': 'application/x-amz-json-1.0' };
  const json11 = { 'content-type': 'application/x-amz-json-1.1' };
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const rpc = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };

  const cases: [
    title: string,
    services: string,
    headers: Record<string, string>,
    target: string,
    expected: string,
  ][] = [
    ['JSON 1.0', 'dynamodb', json10, '/', 'dynamodb json-1.0'],
    ['JSON 1.1', 'ecs', json11, '/', 'ecs json-1.1'],
    [
      'JSON of SQS in query mode',
      'sqs',
      { ...json10, 'x-amzn-query-mode': 'true' },
      '/',
      'sqs json-1.0 query-mode',
    ],
    ['SQS of before', 'sqs', form, '/', 'sqs query'],
    ['a target without a type', 'ecs', { 'x-amz-target': 'a.b' }, '/', 'ecs json-1.1'],
    ['query', 'sns', form, '/', 'sns query'],
    ['query by GET', 'sns', {}, '/?Action=ListTopics', 'sns query'],
    ['presigned STS', 'sts', {}, '/?Action=GetCallerIdentity', 'sts query'],
    ['EC2', 'ec2', form, '/', 'ec2 ec2'],
    ['EC2 by GET', 'ec2', {}, '/?Action=DescribeRegions', 'ec2 ec2'],
    ['REST JSON', 'lambda', {}, '/2015-03-31/functions', 'lambda rest-json'],
    [
      'REST JSON at a path of nothing',
      'lambda',
      { 'content-type': 'application/json' },
      '/nothing',
      'lambda rest-json',
    ],
    ['REST XML', 'route53', {}, '/2013-04-01/hostedzone', 'route53 rest-xml'],
    ['S3 Control', 's3control', {}, '/v20180820/bucket', 's3control rest-xml'],
    ['S3', 's3', { 'content-type': 'application/json' }, '/bucket/key', 's3 s3'],
    ['S3 with a form for content', 's3', form, '/bucket/key', 's3 s3'],
    ['SES', 'ses pinpoint-email sesv2', form, '/', 'ses query'],
    ['SES v2', 'ses pinpoint-email sesv2', {}, '/v2/email/identities', 'sesv2 rest-json'],
    [
      'CBOR',
      'cloudwatch',
      rpc,
      '/service/GraniteServiceVersion20100801/operation/ListMetrics',
      'cloudwatch cbor',
    ],
    [
      'CBOR of Kinesis in Java',
      'kinesis',
      { 'content-type': 'application/x-amz-cbor-1.1', 'x-amz-target': 'Kinesis_20131202.ListStreams' },
      '/',
      'kinesis cbor',
    ],
    ['CloudWatch as query', 'cloudwatch', form, '/', 'cloudwatch query'],
    ['no candidate, JSON', '', json11, '/', ' json-1.1'],
    ['no candidate, a form', '', form, '/', ' query'],
    ['no candidate, nothing', '', {}, '/', ' rest-json'],
  ];
  for (const [title, services, headers, target, expected] of cases) {
    it(`chooses for ${title}: ${expected.trim()}`, () => {
      const { service, protocol, queryMode } = errorProtocolOf({
        services: services.split(' ').filter(Boolean),
        method: 'POST',
        target,
        headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
      });

      expect(`${service} ${protocol}${queryMode ? ' query-mode' : ''}`).to.equal(expected);
    });
  }
});
