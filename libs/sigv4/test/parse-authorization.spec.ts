import { expect } from 'chai';
import { parseAuthorization } from '../src/parse-authorization.ts';
import type { RefusalReason } from '../src/refusal.ts';

const hex = '0123456789abcdef'.repeat(4);
const scope = '20150830/us-east-1/ec2/aws4_request';
const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=host;x-amz-date, Signature=${hex}`;
const signed: [string, string][] = [
  ['Host', 'example.com'],
  ['X-Amz-Date', '20150830T123600Z'],
  ['Authorization', authorization],
];
const query = new URLSearchParams({
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': `AKIDEXAMPLE/${scope}`,
  'X-Amz-Date': '20150830T123600Z',
  'X-Amz-Expires': '60',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': hex,
});
const host: [string, string] = ['Host', 'example.com'];

const withHeader = (name: string, value: string): [string, string][] => [
  ...signed.filter(([each]) => each.toLowerCase() !== name.toLowerCase()),
  [name, value],
];
const withAuthorization = (change: (text: string) => string) =>
  withHeader('Authorization', change(authorization));
const withQuery = (changes: Record<string, string | undefined>) => {
  const changed = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) changed.delete(name);
    else changed.set(name, value);
  }
  return `/?${changed}`;
};

describe('parseAuthorization', () => {
  const parse = (headers: [string, string][], target = '/', method = 'GET') =>
    parseAuthorization({ method, target, headers });

  it('reads the header', () => {
    const parsed = parse(signed);

    expect(parsed).to.deep.include({
      ok: true,
      carrier: 'header',
      accessKeyId: 'AKIDEXAMPLE',
      scope: { day: '20150830', region: 'us-east-1', service: 'ec2' },
      amzDate: '20150830T123600Z',
      signedHeaders: ['host', 'x-amz-date'],
      signature: hex,
      sessionToken: undefined,
      expiresSeconds: undefined,
      payload: { kind: 'body' },
    });
  });

  it('reads the query, where names are found in any case', () => {
    for (const target of [withQuery({}), withQuery({}).replaceAll('X-Amz-', 'x-amz-')]) {
      expect(parse([host], target)).to.deep.include({
        ok: true,
        carrier: 'query',
        signedHeaders: ['host'],
        expiresSeconds: 60,
        payload: { kind: 'body' },
      });
    }
  });

  for (const [name, headers] of [
    ['no blanks after the commas', withAuthorization((text) => text.replaceAll(', ', ','))],
    [
      'other blanks and another order',
      withHeader(
        'Authorization',
        `AWS4-HMAC-SHA256  Signature=${hex} ,SignedHeaders=host;x-amz-date,  Credential=AKIDEXAMPLE/${scope}`,
      ),
    ],
    [
      'signed headers in capitals and out of order',
      withAuthorization((text) => text.replace('host;x-amz-date', 'X-Amz-Date;Host')),
    ],
  ] as const) {
    it(`takes ${name}`, () => {
      expect(parse([...headers])).to.deep.include({ ok: true, signedHeaders: ['host', 'x-amz-date'] });
    });
  }

  it('takes a Date header in place of x-amz-date', () => {
    for (const date of ['Sun, 30 Aug 2015 12:36:00 GMT', '20150830T123600Z']) {
      const headers = withAuthorization((text) => text.replace('x-amz-date', 'date'));
      const parsed = parse([...headers.filter(([name]) => name !== 'X-Amz-Date'), ['Date', date]]);
      expect(parsed).to.deep.include({ ok: true, amzDate: '20150830T123600Z' });
    }
  });

  describe('the payload', () => {
    const withHash = (value: string) =>
      withAuthorization((text) => text.replace('host;', 'host;x-amz-content-sha256;')).concat([
        ['x-amz-content-sha256', value],
      ]);
    const s3 = withQuery({ 'X-Amz-Credential': `AKIDEXAMPLE/${scope.replace('ec2', 's3')}` });

    it('is what the header declares', () => {
      expect(parse(withHash(hex))).to.deep.include({ payload: { kind: 'declared', sha256: hex } });
      expect(parse(withHash('UNSIGNED-PAYLOAD'))).to.deep.include({ payload: { kind: 'unsigned' } });
      for (const name of [
        'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
        'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      ]) {
        expect(parse(withHash(name))).to.deep.include({ payload: { kind: 'streaming', name } });
      }
      for (const nonsense of ['', 'abc', hex.toUpperCase(), `${hex}0`, 'unsigned-payload']) {
        expect(parse(withHash(nonsense))).to.deep.include({ ok: false, reason: 'malformed-payload-hash' });
      }
    });

    it('is refused by name when it is signed in pieces of another kind', () => {
      for (const name of [
        'STREAMING-AWS4-HMAC-SHA256-EVENTS',
        'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD',
        'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER',
      ]) {
        const parsed = parse(withHash(name));
        expect(parsed).to.deep.include({ ok: false, reason: 'unsupported-payload-mode' });
        expect(parsed).to.have.property('message').that.contains(name);
      }
    });

    it('of a presigned request is unsigned for S3, unless something is declared', () => {
      expect(parse([host], s3)).to.deep.include({ payload: { kind: 'unsigned' } });
      expect(parse([host], `${s3}&X-Amz-Content-Sha256=${hex}`)).to.deep.include({
        payload: { kind: 'declared', sha256: hex },
      });
    });
  });

  it('finds the session token, wherever it is', () => {
    const inHeader = withAuthorization((text) => text.replace('host;', 'host;x-amz-security-token;')).concat([
      ['X-Amz-Security-Token', ' token '],
    ]);
    expect(parse(inHeader)).to.deep.include({ sessionToken: 'token' });
    expect(parse([host], withQuery({ 'X-Amz-Security-Token': 'a+/=' }))).to.deep.include({
      sessionToken: 'a+/=',
    });
  });

  describe('refuses', () => {
    const refusals: [string, RefusalReason, [string, string][], string?, string?][] = [
      ['what is not signed', 'unsigned', [host]],
      ['version 2 in the header', 'sigv2', withHeader('Authorization', 'AWS AKID:c2ln')],
      ['version 2 in the query of S3', 'sigv2', [host], '/?AWSAccessKeyId=A&Signature=c2ln&Expires=1'],
      [
        'version 2 in the query of EC2',
        'sigv2',
        [host],
        '/?AWSAccessKeyId=A&Signature=c2ln&SignatureVersion=2',
      ],
      [
        'SigV4A in the header',
        'sigv4a',
        withAuthorization((text) => text.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')),
      ],
      ['SigV4A in the query', 'sigv4a', [host], withQuery({ 'X-Amz-Algorithm': 'AWS4-ECDSA-P256-SHA256' })],
      ['a bearer token', 'bearer', withHeader('Authorization', 'Bearer abc')],
      ['another scheme', 'unknown-scheme', withHeader('Authorization', 'Basic YTpi')],
      ['another scheme in the query', 'unknown-scheme', [host], withQuery({ 'X-Amz-Algorithm': 'MD5' })],
      ['an empty Authorization header', 'unknown-scheme', withHeader('Authorization', '')],
      [
        'a form upload',
        'post-policy',
        [host, ['Content-Type', 'multipart/form-data; boundary=x']],
        '/',
        'POST',
      ],
      ['two signatures', 'several-signatures', signed, withQuery({})],
      ['an algorithm alone', 'incomplete', withHeader('Authorization', 'AWS4-HMAC-SHA256')],
      ['no signature', 'incomplete', withAuthorization((text) => text.replace(/, Signature=.*/, ''))],
      ['no credential', 'incomplete', withAuthorization((text) => text.replace(/Credential=[^,]*,/, ''))],
      [
        'no signed headers',
        'incomplete',
        withAuthorization((text) => text.replace(/SignedHeaders=[^,]*,/, '')),
      ],
      ['a part that came twice', 'incomplete', withAuthorization((text) => `${text}, Signature=${hex}`)],
      ['a part that is unknown', 'incomplete', withAuthorization((text) => `${text}, Extra=1`)],
      ['a query without expiry', 'incomplete', [host], withQuery({ 'X-Amz-Expires': undefined })],
      [
        'a scope without service',
        'malformed-credential',
        withAuthorization((text) => text.replace('/ec2/', '/')),
      ],
      [
        'a scope with an empty region',
        'malformed-credential',
        withAuthorization((text) => text.replace('us-east-1', '')),
      ],
      [
        'a scope with another end',
        'malformed-credential',
        withAuthorization((text) => text.replace('aws4_request', 'aws5')),
      ],
      [
        'a scope whose day is none',
        'malformed-credential',
        withAuthorization((text) => text.replace('20150830/', '2015083/')),
      ],
      [
        'a credential without key id',
        'malformed-credential',
        withAuthorization((text) => text.replace('AKIDEXAMPLE', '')),
      ],
      [
        'a region with more than letters, digits and hyphens',
        'malformed-credential',
        withAuthorization((text) => text.replace('us-east-1', 'us-\u00e9ast')),
      ],
      [
        'a service with a line end in the query',
        'malformed-credential',
        [host],
        withQuery({ 'X-Amz-Credential': 'AKIDEXAMPLE/20150830/us-east-1/ec2\nx/aws4_request' }),
      ],
      [
        'a key id with a blank',
        'malformed-credential',
        withAuthorization((text) => text.replace('AKIDEXAMPLE', 'AKID EXAMPLE')),
      ],
      ['no date at all', 'malformed-date', signed.filter(([name]) => name !== 'X-Amz-Date')],
      ['a date that does not exist', 'malformed-date', withHeader('X-Amz-Date', '20150230T123600Z')],
      ['a date in another format', 'malformed-date', withHeader('X-Amz-Date', '2015-08-30T12:36:00Z')],
      [
        'two Date headers',
        'malformed-date',
        [
          ...signed.filter(([name]) => name !== 'X-Amz-Date'),
          ['Date', '20150830T123600Z'],
          ['Date', '20150830T123600Z'],
        ],
      ],
      [
        'another day in the scope than in the date',
        'scope-day-mismatch',
        withHeader('X-Amz-Date', '20150831T000000Z'),
      ],
      [
        'another day in the query',
        'scope-day-mismatch',
        [host],
        withQuery({ 'X-Amz-Date': '20150829T235959Z' }),
      ],
      [
        'a signature that is too short',
        'malformed-signature',
        withAuthorization((text) => text.slice(0, -1)),
      ],
      [
        'a signature in capitals',
        'malformed-signature',
        withAuthorization((text) => text.replace(hex, hex.toUpperCase())),
      ],
      [
        'a host that is not signed',
        'host-not-signed',
        withAuthorization((text) => text.replace('host;', '')),
      ],
      [
        'a signed header that is absent',
        'signed-header-absent',
        withAuthorization((text) => text.replace('host;', 'host;x-amz-target;')),
      ],
      ['an x-amz header that is not signed', 'header-not-signed', [...signed, ['X-Amz-Target', 'T']]],
      [
        'a header named twice',
        'malformed-signed-headers',
        withAuthorization((text) => text.replace('host;', 'host;host;')),
      ],
      [
        'an empty header name',
        'malformed-signed-headers',
        withAuthorization((text) => text.replace('host;', 'host;;')),
      ],
      [
        'a header name with a blank',
        'malformed-signed-headers',
        withAuthorization((text) => text.replace('host;', 'host;a b;')),
      ],
      ['two hosts', 'duplicate-header', [...signed, ['HOST', 'evil.com']]],
      ['two dates', 'duplicate-header', [...signed, ['x-amz-date', '20150830T123600Z']]],
      ['two Authorization headers', 'duplicate-header', [...signed, ['authorization', authorization]]],
      [
        'two payload hashes',
        'duplicate-header',
        [...signed, ['x-amz-content-sha256', hex], ['X-Amz-Content-Sha256', hex]],
      ],
      [
        'two session tokens',
        'duplicate-header',
        [...signed, ['x-amz-security-token', 'a'], ['x-amz-security-token', 'b']],
      ],
      [
        'a query parameter that came twice',
        'duplicate-parameter',
        [host],
        `${withQuery({})}&x-amz-expires=60`,
      ],
      ['an expiry of 0', 'malformed-expires', [host], withQuery({ 'X-Amz-Expires': '0' })],
      ['an expiry beyond a week', 'malformed-expires', [host], withQuery({ 'X-Amz-Expires': '604801' })],
      ['an expiry that is no number', 'malformed-expires', [host], withQuery({ 'X-Amz-Expires': '1e3' })],
    ];
    for (const [name, reason, headers, target, method] of refusals) {
      it(`${name}: ${reason}`, () => {
        const parsed = parse(headers, target, method);

        expect(parsed).to.deep.include({ ok: false, reason });
        expect(JSON.stringify(parsed)).to.not.contain(hex);
      });
    }

    it('nothing at the bounds of the expiry', () => {
      for (const seconds of ['1', '604800']) {
        expect(parse([host], withQuery({ 'X-Amz-Expires': seconds }))).to.deep.include({
          expiresSeconds: Number(seconds),
        });
      }
    });
  });

  describe('what may stand in the query or in a header', () => {
    const inBoth = (name: string, inQuery: string, inHeader: string) =>
      parse(
        [host, [name, inHeader]],
        withQuery({ [name]: inQuery, 'X-Amz-SignedHeaders': `host;${name.toLowerCase()}` }),
      );

    it('may stand in both, saying the same', () => {
      expect(inBoth('X-Amz-Date', '20150830T123600Z', ' 20150830T123600Z')).to.deep.include({ ok: true });
      expect(inBoth('X-Amz-Security-Token', 'token', 'token')).to.deep.include({ sessionToken: 'token' });
      expect(inBoth('X-Amz-Content-Sha256', hex, hex)).to.deep.include({
        payload: { kind: 'declared', sha256: hex },
      });
    });

    it('is refused when it says two things', () => {
      for (const [name, one, other] of [
        ['X-Amz-Date', '20150830T123600Z', '20150830T123601Z'],
        ['X-Amz-Security-Token', 'token', 'nekot'],
        ['X-Amz-Content-Sha256', hex, 'UNSIGNED-PAYLOAD'],
      ] as const) {
        expect(inBoth(name, one, other)).to.deep.include({ ok: false, reason: 'contradiction' });
      }
    });

    it('must be signed in the header as well', () => {
      for (const header of ['X-Amz-Security-Token', 'X-Amz-Content-Sha256', 'X-Amz-Date']) {
        expect(parse([host, [header, '20150830T123600Z']], withQuery({}))).to.deep.include({
          reason: 'header-not-signed',
        });
      }
    });

    it('is read from a signed header where the query has none', () => {
      const target = withQuery({ 'X-Amz-SignedHeaders': 'host;x-amz-content-sha256;x-amz-security-token' });
      const headers: [string, string][] = [
        host,
        ['x-amz-content-sha256', hex],
        ['x-amz-security-token', 't'],
      ];
      expect(parse(headers, target)).to.deep.include({
        sessionToken: 't',
        payload: { kind: 'declared', sha256: hex },
      });
    });
  });

  describe('refuses headers that two readers could read differently', () => {
    for (const [name, field] of [
      ['a folded value', ['X-Other', 'a\r\n b']],
      ['a line feed', ['X-Other', 'a\nb']],
      ['a carriage return', ['X-Other', 'a\rb']],
      ['NUL', ['X-Other', 'a\0b']],
      ['DEL', ['X-Other', 'a\x7f']],
      ['a vertical tab', ['X-Other', 'a\x0bb']],
      ['a blank in the name', ['X-Other ', 'a']],
      ['a colon in the name', ['X-Other:', 'a']],
      ['a name of nothing', ['', 'a']],
    ] as const) {
      it(`${name}, signed or not`, () => {
        expect(parse([...signed, [...field]])).to.deep.include({ ok: false, reason: 'malformed-header' });
        expect(parse([[...field]])).to.deep.include({ reason: 'malformed-header' });
      });
    }

    it('but takes tabs and bytes beyond ASCII', () => {
      expect(parse([...signed, ['X-Other', 'a\tb \u00c3\u00a4']])).to.deep.include({ ok: true });
    });
  });

  it('throws nothing, whatever comes', () => {
    for (const text of [
      '',
      ' ',
      ',',
      '=',
      '/',
      '%',
      '%zz',
      '\u0000',
      'AWS4-HMAC-SHA256 ,,,===',
      '\ud800',
      '__proto__',
    ]) {
      parse(
        [
          ['Host', text],
          ['Authorization', text],
          ['X-Amz-Date', text],
        ],
        `/?${text}`,
      );
      parse([
        ['Host', text],
        ['Authorization', `AWS4-HMAC-SHA256 Credential=${text}, SignedHeaders=${text}, Signature=${text}`],
      ]);
      parse([[text, text]], `/${text}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${text}`);
    }
  });
});
