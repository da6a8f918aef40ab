import { expect } from 'chai';
import { findEndpoint } from '../src/find-endpoint.ts';

describe('findS3Endpoint', () => {
  const recognised: [host: string, bucket: string | undefined, signedFor: string, signingName?: string][] = [
    ['s3.amazonaws.com', undefined, 'any'],
    ['bucket.s3.amazonaws.com', 'bucket', 'any'],
    ['my.dotted.bucket.s3.amazonaws.com', 'my.dotted.bucket', 'any'],
    // A bucket may be named like a region, or like a form.
    ['us-west-2.s3.amazonaws.com', 'us-west-2', 'any'],
    ['a.s3.us-east-1.s3.eu-west-1.amazonaws.com', 'a.s3.us-east-1', 'eu-west-1'],
    ['execute-api.s3.us-east-1.amazonaws.com', 'execute-api', 'us-east-1'],
    ['s3.us-east-1.amazonaws.com', undefined, 'us-east-1'],
    ['bucket.s3.us-east-1.amazonaws.com', 'bucket', 'us-east-1'],
    ['bucket.s3.cn-north-1.amazonaws.com.cn', 'bucket', 'cn-north-1'],
    ['bucket.s3.us-gov-west-1.amazonaws.com', 'bucket', 'us-gov-west-1'],
    ['bucket.s3-us-west-2.amazonaws.com', 'bucket', 'us-west-2'],
    ['s3-us-west-2.amazonaws.com', undefined, 'us-west-2'],
    ['s3-external-1.amazonaws.com', undefined, 'us-east-1'],
    ['s3-fips-us-gov-west-1.amazonaws.com', undefined, 'us-gov-west-1'],
    ['bucket.s3-fips.us-east-1.amazonaws.com', 'bucket', 'us-east-1'],
    ['bucket.s3.dualstack.us-east-1.amazonaws.com', 'bucket', 'us-east-1'],
    ['bucket.s3-fips.dualstack.us-east-1.amazonaws.com', 'bucket', 'us-east-1'],
    ['bucket.s3-accelerate.amazonaws.com', 'bucket', 'any'],
    ['bucket.s3-accelerate.dualstack.amazonaws.com', 'bucket', 'any'],
    ['point-123456789012.s3-accesspoint.us-east-1.amazonaws.com', 'point-123456789012', 'us-east-1'],
    [
      'point-123456789012.s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com',
      'point-123456789012',
      'us-east-1',
    ],
    [
      'point-123456789012.s3-object-lambda.us-east-1.amazonaws.com',
      'point-123456789012',
      'us-east-1',
      's3-object-lambda',
    ],
    ['s3-object-lambda.us-east-1.amazonaws.com', undefined, 'us-east-1', 's3-object-lambda'],
    ['io-cell1.s3-object-lambda.us-east-1.amazonaws.com', undefined, 'us-east-1', 's3-object-lambda'],
    [
      'p-123456789012.op-01234567890123456.s3-outposts.us-east-1.amazonaws.com',
      'p-123456789012',
      'us-east-1',
      's3-outposts',
    ],
    [
      'b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com',
      'b--use1-az4--x-s3',
      'us-east-1',
      's3express',
    ],
    [
      'b--use1-az4--x-s3.s3express-fips-use1-az4.us-east-1.amazonaws.com',
      'b--use1-az4--x-s3',
      'us-east-1',
      's3express',
    ],
    [
      'b--use1-az4--x-s3.s3express-use1-az4.dualstack.us-east-1.amazonaws.com',
      'b--use1-az4--x-s3',
      'us-east-1',
      's3express',
    ],
    ['s3express-control.us-east-1.amazonaws.com', undefined, 'us-east-1', 's3express'],
  ];
  for (const [host, bucket, signedFor, signingName = 's3'] of recognised) {
    it(`recognises ${host}`, () => {
      const endpoint = findEndpoint(host);

      expect(endpoint?.services[0]).to.equal('s3');
      expect(endpoint?.bucket).to.equal(bucket);
      expect(endpoint?.signingRegion ?? 'any').to.equal(signedFor);
      expect(endpoint?.signingNames).to.deep.equal([signingName]);
      expect(endpoint?.fips).to.equal(host.includes('fips'));
      expect(endpoint?.dualStack).to.equal(host.includes('dualstack'));
    });
  }

  const refused = [
    'bucket.s3.amazonaws.com.cn',
    'a.s3-accelerate.amazonaws.com.cn',
    's3-accelerate.amazonaws.com',
    's3.us-east-1.api.aws',
    'bucket.s3.us-east-1.dualstack.amazonaws.com',
    'x.s3-website.us-east-1.amazonaws.com',
    'x.s3-website-us-east-1.amazonaws.com',
    'x.s3-eu-evil-1x.amazonaws.com',
    'ab.s3.us-east-1.amazonaws.com'.replace('ab', 'a'),
    `${'a'.repeat(63)}.b.s3.us-east-1.amazonaws.com`,
    'point.s3-accesspoint.us-east-1.amazonaws.com',
    'a.point-123456789012.s3-accesspoint.us-east-1.amazonaws.com',
    's3-accesspoint.us-east-1.amazonaws.com',
    'p-123456789012.op-1.s3-outposts.us-east-1.amazonaws.com',
    'bucket.s3express-use1-az4.us-east-1.amazonaws.com',
    's3express-use1-az4.us-east-1.amazonaws.com',
    'a.s3express-control.us-east-1.amazonaws.com',
    'name.accesspoint.s3-global.amazonaws.com',
  ];
  for (const host of refused) {
    it(`refuses ${host.slice(0, 80)}`, () => {
      expect(findEndpoint(host)).to.equal(undefined);
    });
  }
});
