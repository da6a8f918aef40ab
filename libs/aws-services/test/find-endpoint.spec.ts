import { expect } from 'chai';
import { catalogue } from '../src/catalogue.ts';
import { findEndpoint } from '../src/find-endpoint.ts';
import { createRandom } from './random.ts';

describe('findEndpoint', () => {
  const recognised: [
    host: string,
    services: string[],
    region: string | undefined,
    signingRegion: string | undefined,
  ][] = [
    ['dynamodb.us-east-1.amazonaws.com', ['dynamodb'], 'us-east-1', 'us-east-1'],
    ['DynamoDB.US-East-1.AmazonAWS.com', ['dynamodb'], 'us-east-1', 'us-east-1'],
    ['dynamodb-fips.us-west-2.amazonaws.com', ['dynamodb'], 'us-west-2', 'us-west-2'],
    ['123456789012.ddb.us-east-1.amazonaws.com', ['dynamodb'], 'us-east-1', 'us-east-1'],
    ['streams.dynamodb.eu-west-1.amazonaws.com', ['dynamodbstreams'], 'eu-west-1', 'eu-west-1'],
    ['queue.amazonaws.com', ['sqs'], undefined, 'us-east-1'],
    ['eu-west-3.queue.amazonaws.com', ['sqs'], 'eu-west-3', 'eu-west-3'],
    ['eu-west-3.elasticmapreduce.amazonaws.com', ['emr'], 'eu-west-3', 'eu-west-3'],
    ['email.us-east-1.amazonaws.com', ['ses', 'pinpoint-email', 'sesv2'], 'us-east-1', 'us-east-1'],
    ['iam.amazonaws.com', ['iam'], undefined, 'us-east-1'],
    ['iam.us-gov.amazonaws.com', ['iam'], undefined, 'us-gov-west-1'],
    ['iam.cn-north-1.amazonaws.com.cn', ['iam'], 'cn-north-1', 'cn-north-1'],
    ['route53.amazonaws.com', ['route53'], undefined, 'us-east-1'],
    ['route53.amazonaws.com.cn', ['route53'], undefined, 'cn-northwest-1'],
    ['sts.amazonaws.com', ['sts'], undefined, 'us-east-1'],
    ['sts.us-gov-west-1.amazonaws.com', ['sts'], 'us-gov-west-1', 'us-gov-west-1'],
    ['sns.us-east-1.api.aws', ['sns'], 'us-east-1', 'us-east-1'],
    ['sns.cn-north-1.api.amazonwebservices.com.cn', ['sns'], 'cn-north-1', 'cn-north-1'],
    ['ec2.us-iso-east-1.c2s.ic.gov', ['ec2'], 'us-iso-east-1', 'us-iso-east-1'],
    ['ec2.eusc-de-east-1.amazonaws.eu', ['ec2'], 'eusc-de-east-1', 'eusc-de-east-1'],
    ['fips.batch.us-east-1.amazonaws.com', ['batch'], 'us-east-1', 'us-east-1'],
    ['api.ecr.us-east-1.amazonaws.com', ['ecr'], 'us-east-1', 'us-east-1'],
    ['runtime.sagemaker.us-east-1.amazonaws.com', ['sagemaker-runtime'], 'us-east-1', 'us-east-1'],
    ['data-ats.iot.us-east-1.amazonaws.com', ['iot-data'], 'us-east-1', 'us-east-1'],
    ['a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com', ['iot-data'], 'us-east-1', 'us-east-1'],
    ['abcdefghij.execute-api.us-east-1.amazonaws.com', ['apigatewaymanagementapi'], 'us-east-1', 'us-east-1'],
    [
      'ingest-cell2.timestream.us-east-1.amazonaws.com',
      ['timestream-query', 'timestream-write'],
      'us-east-1',
      'us-east-1',
    ],
    ['stream-logs.us-east-1.amazonaws.com', ['logs'], 'us-east-1', 'us-east-1'],
    ['sync-states.us-east-1.amazonaws.com', ['stepfunctions'], 'us-east-1', 'us-east-1'],
    ['123456789012.s3-control.us-east-1.amazonaws.com', ['s3control'], 'us-east-1', 'us-east-1'],
    ['mobile.us-east-1.amazonaws.com', ['mobile'], 'us-east-1', 'us-east-1'],
    // A region made after the catalogue.
    ['sqs.eu-west-9.amazonaws.com', ['sqs'], 'eu-west-9', 'eu-west-9'],
  ];
  for (const [host, services, region, signingRegion] of recognised) {
    it(`recognises ${host}`, () => {
      const endpoint = findEndpoint(host);

      expect(endpoint?.services).to.deep.equal(services);
      expect(endpoint?.region).to.equal(region);
      expect(endpoint?.signingRegion).to.equal(signingRegion);
      expect(endpoint?.host).to.equal(host.toLowerCase());
    });
  }

  it('tells FIPS and dual-stack', () => {
    const flags = (host: string) => {
      const { fips, dualStack } = findEndpoint(host) ?? {};
      return { fips, dualStack };
    };
    expect(flags('sqs.us-east-1.amazonaws.com')).to.deep.equal({ fips: false, dualStack: false });
    expect(flags('sqs-fips.us-east-1.amazonaws.com')).to.deep.equal({ fips: true, dualStack: false });
    expect(flags('fips.eks.us-east-1.amazonaws.com')).to.deep.equal({ fips: true, dualStack: false });
    expect(flags('runtime-fips.sagemaker.us-east-1.amazonaws.com')).to.deep.equal({
      fips: true,
      dualStack: false,
    });
    expect(flags('sqs.us-east-1.api.aws')).to.deep.equal({ fips: false, dualStack: true });
    expect(flags('sqs-fips.us-east-1.api.aws')).to.deep.equal({ fips: true, dualStack: true });
    expect(flags('s3.dualstack.us-east-1.amazonaws.com')).to.deep.equal({ fips: false, dualStack: true });
  });

  const refused = [
    '',
    '.',
    'localhost',
    'amazonaws.com',
    'us-east-1.amazonaws.com',
    'api.aws',
    // Not AWS.
    'evil-amazonaws.com',
    'dynamodb.us-east-1.amazonaws.com.evil.com',
    'dynamodb.us-east-1.evil-amazonaws.com',
    'dynamodb.us-east-1.amazonaws.co',
    'dynamodb.us-east-1.amazonaws.comm',
    'dynamodbxus-east-1.amazonaws.com',
    'xn--dynamodb-.us-east-1.amazonaws.com',
    'xn--80ak6aa92e.s3.amazonaws.com',
    'dynamodb.us-east-1.xn--amazonaws-.com',
    '127.0.0.1',
    '169.254.169.254',
    '[::1]',
    '2130706433',
    // Customers' own machines, databases, balancers, sites, domains.
    'ec2-1-2-3-4.compute-1.amazonaws.com',
    'ec2-1-2-3-4.us-west-2.compute.amazonaws.com',
    'ip-10-0-0-1.us-west-2.compute.internal',
    'lb-1.us-east-1.elb.amazonaws.com',
    'lb-1.elb.us-east-1.amazonaws.com',
    'db.abc.us-east-1.rds.amazonaws.com',
    'search-x-abc.us-east-1.es.amazonaws.com',
    'abc.us-east-1.aoss.amazonaws.com',
    'd111.cloudfront.net',
    'site.s3-website-us-east-1.amazonaws.com',
    'site.s3-website.eu-central-1.amazonaws.com',
    '123456789012.dkr.ecr.us-east-1.amazonaws.com',
    'abc.lambda-url.us-east-1.on.aws',
    'env.us-east-1.elasticbeanstalk.com',
    'vpce-1.vpce-svc-1.us-east-1.vpce.amazonaws.com',
    // Nearly names.
    'dynamodb.us-east-1.amazonaws.com.',
    '.dynamodb.us-east-1.amazonaws.com',
    'dynamodb..us-east-1.amazonaws.com',
    'dynamodb.us-east-1.amazonaws.com:443',
    'dynamodb.us-east-1.amazonaws.com/',
    'user@dynamodb.us-east-1.amazonaws.com',
    'dynamodb.us-east-1.amazonaws.com\n',
    'dynamodb.us-east-1.amazonaws.com\u0000.evil.com',
    'dynamodb%2eus-east-1.amazonaws.com',
    'dynamo_db.us-east-1.amazonaws.com',
    'dynamodb.us-east-1.amazonaws。com',
    'ｄynamodb.us-east-1.amazonaws.com',
    'dynamodbﬁ.us-east-1.amazonaws.com',
    'dynamodb.cn-north-1.amazonaws.com',
    'dynamodb.us-east-1.amazonaws.com.cn',
    'dynamodb.us-east-1.c2s.ic.gov',
    'dynamodb.us-east-1a.amazonaws.com',
    'dynamodb.aws-global.amazonaws.com',
    'dynamodb.amazonaws.com',
    'unheard-of.us-east-1.amazonaws.com',
    'x.dynamodb.us-east-1.amazonaws.com',
    '12345678901.ddb.us-east-1.amazonaws.com',
    '1234567890123.ddb.us-east-1.amazonaws.com',
    'a.ddb.us-east-1.amazonaws.com',
    'a.b.execute-api.us-east-1.amazonaws.com',
    'short.execute-api.us-east-1.amazonaws.com',
    'evil-name.iot.us-east-1.amazonaws.com',
    'b-1234567g.kinesisvideo.us-east-1.amazonaws.com',
    'an-id.mediaconvert.us-east-1.amazonaws.com',
    'evil.timestream.us-east-1.amazonaws.com',
    'g-1.us-east-1.neptune-graph.amazonaws.com',
    'r.d',
    'A.ddb.R.D',
    'dynamodb.R.D',
    `${'a'.repeat(64)}.execute-api.us-east-1.amazonaws.com`,
    `${'a.'.repeat(120)}s3.us-east-1.amazonaws.com`,
  ];
  for (const host of refused) {
    it(`refuses ${JSON.stringify(host.slice(0, 80))}`, () => {
      expect(findEndpoint(host)).to.equal(undefined);
    });
  }

  it('finds every host of the catalogue in every partition, and the service at it', () => {
    for (const service of catalogue().services) {
      for (const partition of catalogue().partitions) {
        for (const word of service.hosts.filter((host) => /\.[DS]$/.test(host) && host.includes('R'))) {
          for (const region of [partition.regions.at(0) ?? '', partition.regions.at(-1) ?? '']) {
            const host = render(word, region, partition);
            if (!findEndpoint(host)?.services.includes(service.id)) expect.fail(`${host} is not found.`);
          }
        }
      }
    }
  });

  it('gives nothing but what lies under a suffix of AWS, whatever the host', () => {
    const random = createRandom(20261122);
    const names = catalogue().services.flatMap(({ endpointPrefix }) => endpointPrefix);
    const words = [
      's3',
      'us-east-1',
      'dualstack',
      'amazonaws',
      'com',
      'cn',
      'api',
      'aws',
      'evil',
      'fips',
      '-',
      '_',
      '%',
      '123456789012',
      'execute-api',
      'R',
      'D',
      '',
    ];
    const suffixes = catalogue().partitions.flatMap(({ dnsSuffix, dualStackDnsSuffix }) => [
      dnsSuffix,
      dualStackDnsSuffix,
    ]);
    let found = 0;
    for (let round = 0; round < 30_000; round += 1) {
      const host = random.mutate(
        Array.from({ length: random.below(6) }, () =>
          random.below(3) === 0 ? random.pick(names) : random.pick(words),
        )
          .concat(random.below(2) === 0 ? random.pick(suffixes) : random.pick(words))
          .join('.'),
      );
      const endpoint = findEndpoint(host);
      if (!endpoint) continue;
      found += 1;
      expect(
        suffixes.some((suffix) => endpoint.host.endsWith(`.${suffix}`)),
        host,
      ).to.equal(true);
      expect(endpoint.host, host).to.match(/^[a-z0-9.-]+$/);
      expect(endpoint.host).to.equal(host.toLowerCase());
      expect(endpoint.services).not.to.have.length(0);
    }
    expect(found).to.be.greaterThan(20);
  });
});

function render(
  pattern: string,
  region: string,
  suffixes: { dnsSuffix: string; dualStackDnsSuffix: string },
): string {
  const values: Record<string, string> = {
    R: region,
    A: '123456789012',
    D: suffixes.dnsSuffix,
    S: suffixes.dualStackDnsSuffix,
  };
  return pattern
    .split('.')
    .map((label) => values[label] ?? label)
    .join('.');
}
