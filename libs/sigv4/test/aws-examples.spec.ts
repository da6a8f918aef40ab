// Requests that AWS itself published with their signatures. If one of these fails, nothing else matters.
import { expect } from 'chai';
import { parseAuthorization } from '../src/parse-authorization.ts';
import { presignRequest } from '../src/presign-request.ts';
import { emptySha256, sha256Hex } from '../src/sha256.ts';
import { type SigningCredentials, signRequest } from '../src/sign-request.ts';
import { deriveSigningKey } from '../src/signing-key.ts';
import { verifySignature } from '../src/verify-signature.ts';

const general: SigningCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secret: { id: 'general', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
};
const s3: SigningCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secret: { id: 's3', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
};
const bucket = ['Host', 'examplebucket.s3.amazonaws.com'] as const;
const welcome = 'Welcome to Amazon S3.';

const examples = [
  {
    name: 'get-vanilla of the test suite',
    method: 'GET',
    target: '/',
    headers: [['Host', 'example.amazonaws.com']] as [string, string][],
    credentials: general,
    service: 'service',
    amzDate: '20150830T123600Z',
    body: '',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'IAM ListUsers of the guide',
    method: 'GET',
    target: '/?Action=ListUsers&Version=2010-05-08',
    headers: [
      ['Host', 'iam.amazonaws.com'],
      ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
    ] as [string, string][],
    credentials: general,
    service: 'iam',
    amzDate: '20150830T123600Z',
    body: '',
    signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  },
  {
    name: 'S3 GET object',
    method: 'GET',
    target: '/test.txt',
    headers: [[...bucket], ['Range', 'bytes=0-9']] as [string, string][],
    credentials: s3,
    service: 's3',
    amzDate: '20130524T000000Z',
    body: '',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'S3 GET bucket lifecycle',
    method: 'GET',
    target: '/?lifecycle',
    headers: [[...bucket]] as [string, string][],
    credentials: s3,
    service: 's3',
    amzDate: '20130524T000000Z',
    body: '',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'S3 list objects',
    method: 'GET',
    target: '/?max-keys=2&prefix=J',
    headers: [[...bucket]] as [string, string][],
    credentials: s3,
    service: 's3',
    amzDate: '20130524T000000Z',
    body: '',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
];

describe('the examples of AWS', () => {
  for (const { name, method, target, headers, credentials, service, amzDate, body, signature } of examples) {
    it(`signs and verifies ${name}`, () => {
      const added = signRequest({
        request: { method, target, headers },
        credentials,
        region: 'us-east-1',
        service,
        amzDate,
        payloadHash: sha256Hex(body),
        signedHeaders: headers.map(([name]) => name),
      });
      const request = { method, target, headers: [...headers, ...Object.entries(added)] };
      const parsed = parseAuthorization(request);
      if (!parsed.ok) throw new Error(parsed.message);

      expect(parsed.signature).to.equal(signature);
      expect(
        verifySignature({ request, parsed, secret: credentials.secret, body: { bytes: body } }),
      ).to.deep.include({ ok: true });
    });
  }

  it('verifies S3 PUT object, whose signature covers a Date header', () => {
    const signature = '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd';
    const request = {
      method: 'PUT',
      target: '/test$file.text',
      headers: [
        [...bucket],
        ['Date', 'Fri, 24 May 2013 00:00:00 GMT'],
        ['x-amz-date', '20130524T000000Z'],
        ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
        ['x-amz-content-sha256', sha256Hex(welcome)],
        [
          'Authorization',
          'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
            `SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=${signature}`,
        ],
      ] as [string, string][],
    };
    const parsed = parseAuthorization(request);
    if (!parsed.ok) throw new Error(parsed.message);

    expect(verifySignature({ request, parsed, secret: s3.secret, body: { bytes: welcome } })).to.deep.include(
      {
        ok: true,
      },
    );
  });

  it('presigns and verifies S3 GET object', () => {
    const target = presignRequest({
      request: { method: 'GET', target: '/test.txt', headers: [[...bucket]] },
      credentials: s3,
      region: 'us-east-1',
      service: 's3',
      amzDate: '20130524T000000Z',
      expiresSeconds: 86_400,
    });
    const request = { method: 'GET', target, headers: [[...bucket]] as [string, string][] };
    const parsed = parseAuthorization(request);
    if (!parsed.ok) throw new Error(parsed.message);

    expect(parsed.signature).to.equal('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
    expect(parsed.payload).to.deep.equal({ kind: 'unsigned' });
    expect(verifySignature({ request, parsed, secret: s3.secret })).to.deep.include({ ok: true });
  });

  it('derives the signing key of the guide', () => {
    const key = deriveSigningKey(general.secret.secretAccessKey, {
      day: '20150830',
      region: 'us-east-1',
      service: 'iam',
    });

    expect(key.toString('hex')).to.equal('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
  });

  it('knows the hash of nothing', () => expect(emptySha256).to.equal(sha256Hex('')));
});
