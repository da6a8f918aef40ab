import { expect } from 'chai';
import { exactNames, widenedNames } from '../../src/certificates/leaf-names.ts';

describe('widenedNames', () => {
  const widened: [string, string][] = [
    ['bucket.s3.us-east-1.amazonaws.com', 's3.us-east-1.amazonaws.com'],
    ['dotted.bucket.s3.us-east-1.amazonaws.com', 'bucket.s3.us-east-1.amazonaws.com'],
    ['bucket.s3.amazonaws.com', 's3.amazonaws.com'],
    ['dynamodb.us-east-1.amazonaws.com', 'us-east-1.amazonaws.com'],
    ['dynamodb.us-east-1.api.aws', 'us-east-1.api.aws'],
    ['dynamodb.cn-north-1.amazonaws.com.cn', 'cn-north-1.amazonaws.com.cn'],
  ];
  for (const [host, parent] of widened) {
    it(`${host} shares with the others below ${parent}`, () => {
      expect(widenedNames(host)).to.deep.equal([`*.${parent}`, parent]);
    });
  }

  for (const host of [
    'iam.amazonaws.com',
    'iam.amazonaws.com.cn',
    'iam.api.aws',
    'amazonaws.com',
    'localhost',
    'a.co.uk',
  ]) {
    it(`${host} has a certificate of its own`, () => {
      expect(widenedNames(host)).to.deep.equal([host]);
    });
  }
});

describe('exactNames', () => {
  it('does not widen', () => {
    expect(exactNames('gateway.build.example.com')).to.deep.equal(['gateway.build.example.com']);
  });
});
