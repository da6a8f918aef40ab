import { expect } from 'chai';
import { canonicalPath } from '../src/canonical-path.ts';

describe('canonicalPath', () => {
  const cases: [rawPath: string, s3: string, others: string][] = [
    ['', '/', '/'],
    ['/', '/', '/'],
    ['/a/b-c_d~e', '/a/b-c_d~e', '/a/b-c_d~e'],
    ['/a/', '/a/', '/a/'],
    ['/a//b', '/a//b', '/a/b'],
    ['//', '//', '/'],
    ['/a/./b', '/a/./b', '/a/b'],
    ['/a/../b', '/a/../b', '/b'],
    ['/../..', '/../..', '/'],
    ['/a/..', '/a/..', '/'],
    ['/a/../', '/a/../', '/'],
    ['/a//x/../y', '/a//x/../y', '/a/y'],
    ['/a.b/...', '/a.b/...', '/a.b/...'],
    ['/arn%3Aaws', '/arn%3Aaws', '/arn%253Aaws'],
    ['/arn:aws', '/arn%3Aaws', '/arn%3Aaws'],
    ['/a%2Fb', '/a%2Fb', '/a%252Fb'],
    ['/a%2fb', '/a%2Fb', '/a%252fb'],
    ['/%41', '/A', '/%2541'],
    ['/a b', '/a%20b', '/a%20b'],
    ['/a+b', '/a%2Bb', '/a%2Bb'],
    ["/!'()*", '/%21%27%28%29%2A', '/%21%27%28%29%2A'],
    ['/%', '/%25', '/%25'],
    ['/%zz', '/%25zz', '/%25zz'],
    ['/%E9', '/%E9', '/%25E9'],
    ['/%C3%A4', '/%C3%A4', '/%25C3%25A4'],
    // The bytes of ä in UTF-8, sent without escape.
    ['/\u00c3\u00a4', '/%C3%A4', '/%C3%A4'],
  ];
  for (const [rawPath, s3, others] of cases) {
    it(`writes ${JSON.stringify(rawPath)} for S3 and for all others`, () => {
      expect(canonicalPath(rawPath, 's3')).to.equal(s3);
      expect(canonicalPath(rawPath, 's3express')).to.equal(s3);
      expect(canonicalPath(rawPath, 'lambda')).to.equal(others);
    });
  }
});
