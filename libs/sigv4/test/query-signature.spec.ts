import { expect } from 'chai';
import { withoutQuerySignature } from '../src/query-signature.ts';

describe('withoutQuerySignature', () => {
  for (const [target, expected] of [
    ['/', '/'],
    ['/a//b/../c?X-Amz-Signature=1', '/a//b/../c'],
    ['/?acl&X-Amz-Date=1&x=%2f+y&x=', '/?acl&x=%2f+y&x='],
    ['/?x-amz-algorithm=A&X-AMZ-CREDENTIAL=C&X-Amz-SignedHeaders=host&X-Amz-Expires=1&b&a', '/?b&a'],
    ['/?X%2DAmz-Security%2dToken=t&a=1', '/?a=1'],
    [
      '/?X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&x-amz-acl=private',
      '/?X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&x-amz-acl=private',
    ],
    ['/?a=X-Amz-Signature', '/?a=X-Amz-Signature'],
  ] as const) {
    it(`makes ${expected} of ${target}`, () => expect(withoutQuerySignature(target)).to.equal(expected));
  }
});
