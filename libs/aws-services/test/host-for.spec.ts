import { expect } from 'chai';
import { findEndpoint } from '../src/find-endpoint.ts';
import { hostFor } from '../src/host-for.ts';
import { allServices } from '../src/services.ts';

describe('hostFor', () => {
  const cases: [
    signingName: string,
    region: string,
    service: string | undefined,
    expected: string | undefined,
  ][] = [
    ['dynamodb', 'eu-west-1', undefined, 'dynamodb.eu-west-1.amazonaws.com eu-west-1'],
    ['dynamodb', 'eu-west-1', 'dynamodbstreams', 'streams.dynamodb.eu-west-1.amazonaws.com eu-west-1'],
    ['s3', 'eu-west-1', undefined, 's3.eu-west-1.amazonaws.com eu-west-1'],
    ['s3', 'cn-north-1', 's3', 's3.cn-north-1.amazonaws.com.cn cn-north-1'],
    ['ses', 'us-east-1', undefined, 'email.us-east-1.amazonaws.com us-east-1'],
    ['ses', 'us-east-1', 'mailmanager', 'mail-manager.us-east-1.amazonaws.com us-east-1'],
    ['iam', 'eu-west-1', undefined, 'iam.amazonaws.com us-east-1'],
    ['iam', 'cn-northwest-1', undefined, 'iam.cn-north-1.amazonaws.com.cn cn-north-1'],
    ['iam', 'us-gov-east-1', undefined, 'iam.us-gov.amazonaws.com us-gov-west-1'],
    ['route53', 'eu-west-1', undefined, 'route53.amazonaws.com us-east-1'],
    ['sts', 'eu-west-1', undefined, 'sts.eu-west-1.amazonaws.com eu-west-1'],
    ['organizations', 'eu-west-1', undefined, 'organizations.us-east-1.amazonaws.com us-east-1'],
    ['dsql', 'eu-west-1', undefined, 'dsql.eu-west-1.api.aws eu-west-1'],
    ['sagemaker', 'us-east-1', undefined, 'api.sagemaker.us-east-1.amazonaws.com us-east-1'],
    ['sagemaker', 'us-east-1', 'sagemaker-runtime', 'runtime.sagemaker.us-east-1.amazonaws.com us-east-1'],
    [
      'elasticloadbalancing',
      'us-east-1',
      undefined,
      'elasticloadbalancing.us-east-1.amazonaws.com us-east-1',
    ],
    ['mobiletargeting', 'us-east-1', undefined, 'pinpoint.us-east-1.amazonaws.com us-east-1'],
    ['monitoring', 'us-east-1', undefined, 'monitoring.us-east-1.amazonaws.com us-east-1'],
    // Several hosts, and no way to choose.
    ['aws-marketplace', 'us-east-1', undefined, undefined],
    ['lex', 'us-east-1', undefined, undefined],
    ['execute-api', 'us-east-1', undefined, undefined],
    ['execute-api', 'us-east-1', 'apigatewaymanagementapi', undefined],
    ['dynamodb', 'us-east-1', 's3', undefined],
    ['nothing', 'us-east-1', undefined, undefined],
    ['dynamodb', 'nowhere', undefined, undefined],
    ['dynamodb', 'us-east-1.evil.com', undefined, undefined],
  ];
  for (const [signingName, region, service, expected] of cases) {
    it(`${signingName} in ${region}${service ? ` for ${service}` : ''}: ${expected ?? 'refused'}`, () => {
      const upstream = hostFor({ signingName, region, service });

      expect(upstream && `${upstream.host} ${upstream.signingRegion}`).to.equal(expected);
    });
  }

  it('gives, for every service, a host at which that service answers', () => {
    const without = allServices().filter(({ id, signingNames: [signingName = ''] }) => {
      const upstream = hostFor({ signingName, region: 'us-west-2', service: id });
      if (upstream) expect(findEndpoint(upstream.host)?.services, id).to.include(id);
      return !upstream;
    });

    expect(without.map(({ id }) => id)).to.deep.equal([
      'apigatewaymanagementapi',
      'cloudfront-keyvaluestore',
    ]);
  });
});
