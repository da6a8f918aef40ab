import { expect } from 'chai';
import { originalServices } from '../src/original-services.ts';
import { resolveService } from '../src/resolve-service.ts';

describe('resolveService', () => {
  const outcome = (host: string | undefined, signingName: string, region: string) => {
    const resolution = resolveService({ host, signingName, region });
    return resolution.ok ? resolution.services.join(' ') : resolution.reason;
  };

  const cases: [host: string | undefined, signingName: string, region: string, expected: string][] = [
    ['dynamodb.us-east-1.amazonaws.com', 'dynamodb', 'us-east-1', 'dynamodb'],
    ['dynamodb.us-east-1.amazonaws.com', 'dynamodb', 'us-west-2', 'region-mismatch'],
    ['dynamodb.us-east-1.amazonaws.com', 's3', 'us-east-1', 'scope-mismatch'],
    ['dynamodb.us-east-1.amazonaws.com', 'DynamoDB', 'us-east-1', 'scope-mismatch'],
    ['example.com', 'dynamodb', 'us-east-1', 'unknown-host'],
    ['email.us-east-1.amazonaws.com', 'ses', 'us-east-1', 'ses pinpoint-email sesv2'],
    ['email.us-east-1.amazonaws.com', 'email', 'us-east-1', 'scope-mismatch'],
    ['pinpoint.us-east-1.amazonaws.com', 'mobiletargeting', 'us-east-1', 'pinpoint'],
    ['mobile.us-east-1.amazonaws.com', 'AWSMobileHubService', 'us-east-1', 'mobile'],
    ['queue.amazonaws.com', 'sqs', 'us-east-1', 'sqs'],
    ['iam.amazonaws.com', 'iam', 'us-east-1', 'iam'],
    ['iam.amazonaws.com', 'iam', 'eu-west-1', 'region-mismatch'],
    ['iam.us-gov.amazonaws.com', 'iam', 'us-gov-west-1', 'iam'],
    ['iam.us-gov.amazonaws.com', 'iam', 'us-east-1', 'region-mismatch'],
    ['route53.amazonaws.com.cn', 'route53', 'cn-northwest-1', 'route53'],
    ['s3.amazonaws.com', 's3', 'eu-west-1', 's3'],
    ['bucket.s3.amazonaws.com', 's3', 'us-east-1', 's3'],
    ['s3.amazonaws.com', 's3', 'cn-north-1', 'region-mismatch'],
    ['s3.amazonaws.com', 's3', 'us-gov-west-1', 'region-mismatch'],
    ['s3.amazonaws.com', 's3', 'nowhere', 'region-mismatch'],
    ['s3.us-east-1.amazonaws.com', 's3', 'eu-west-1', 'region-mismatch'],
    ['s3.us-east-1.amazonaws.com', 's3express', 'us-east-1', 'scope-mismatch'],
    // Endpoint mode: the scope is all there is.
    [undefined, 'dynamodb', 'us-east-1', 'dynamodb dynamodbstreams'],
    [undefined, 'ses', 'cn-north-1', 'ses mailmanager pinpoint-email sesv2'],
    [undefined, 'nothing', 'us-east-1', 'scope-mismatch'],
    [undefined, 'dynamodb', 'aws-global', 'region-mismatch'],
    [undefined, 'dynamodb', '../etc', 'region-mismatch'],
  ];
  for (const [host, signingName, region, expected] of cases) {
    it(`${host ?? 'no host'} signed for ${signingName} in ${region}: ${expected}`, () => {
      expect(outcome(host, signingName, region)).to.equal(expected);
    });
  }

  it('resolves the fifteen of the original', () => {
    const hosts: Record<string, [host: string, signingName: string]> = {
      lambda: ['lambda.us-east-1.amazonaws.com', 'lambda'],
      ecs: ['ecs.us-east-1.amazonaws.com', 'ecs'],
      route53: ['route53.amazonaws.com', 'route53'],
      glacier: ['glacier.us-east-1.amazonaws.com', 'glacier'],
      apigateway: ['apigateway.us-east-1.amazonaws.com', 'apigateway'],
      sqs: ['queue.amazonaws.com', 'sqs'],
      sns: ['sns.us-east-1.amazonaws.com', 'sns'],
      ses: ['email.us-east-1.amazonaws.com', 'ses'],
      redshift: ['redshift.us-east-1.amazonaws.com', 'redshift'],
      dynamodb: ['dynamodb.us-east-1.amazonaws.com', 'dynamodb'],
      'cognito-identity': ['cognito-identity.us-east-1.amazonaws.com', 'cognito-identity'],
      'cognito-idp': ['cognito-idp.us-east-1.amazonaws.com', 'cognito-idp'],
      // There is none in us-east-1, and the refusal for it must come from us.
      devicefarm: ['devicefarm.us-east-1.amazonaws.com', 'devicefarm'],
      mobile: ['mobile.us-east-1.amazonaws.com', 'AWSMobileHubService'],
      pinpoint: ['pinpoint.us-east-1.amazonaws.com', 'mobiletargeting'],
    };
    for (const { id } of originalServices) {
      const [host, signingName] = hosts[id] ?? ['', ''];
      expect(outcome(host, signingName, 'us-east-1').split(' ')[0]).to.equal(id);
    }
    expect(originalServices).to.have.length(15);
  });

  it('says what to sign for', () => {
    const refusal = resolveService({ host: 'iam.amazonaws.com', signingName: 'iam', region: 'eu-west-1' });

    expect(refusal).to.have.property(
      'message',
      'iam.amazonaws.com is signed for us-east-1, not for "eu-west-1".',
    );
  });

  it('keeps a scope that is no name from filling the message', () => {
    const refusal = resolveService({ signingName: `"\n${'x'.repeat(5_000)}`, region: 'us-east-1' });

    expect(refusal).to.have.property('message').with.length.below(130);
    expect(refusal).to.have.property('message').that.does.not.include('\n');
  });
});
