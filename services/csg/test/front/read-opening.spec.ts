import { expect } from 'chai';
import { type ReadOpening, readOpening } from '../../src/front/read-opening.ts';

describe('readOpening', () => {
  const limit = 16_384;
  const read = (text: string): ReadOpening | undefined => readOpening(Buffer.from(text, 'latin1'), limit);

  it('knows TLS by its first byte, and takes nothing of it', () => {
    expect(read('\x16')).to.deep.equal({ found: { kind: 'tls' }, usedBytes: 0 });
  });

  describe('CONNECT', () => {
    const connect = (target: string, version = 'HTTP/1.1') =>
      read(`CONNECT ${target} ${version}\r\n\r\n`)?.found;

    it('is read with and without header fields', () => {
      const plain = 'CONNECT sts.amazonaws.com:443 HTTP/1.0\r\n\r\n';
      const found = { kind: 'connect', host: 'sts.amazonaws.com', port: 443 };
      expect(read(plain)).to.deep.equal({ found, usedBytes: plain.length });
      const full =
        'CONNECT sts.amazonaws.com:443 HTTP/1.1\r\nHost: sts.amazonaws.com:443\r\nProxy-Connection: keep-alive\r\n\r\n';
      expect(read(full)).to.deep.equal({ found, usedBytes: full.length });
    });

    it('leaves the bytes after its head', () => {
      const head = 'CONNECT sts.amazonaws.com:443 HTTP/1.0\r\n\r\n';
      expect(read(`${head}\x16\x03\x01`)?.usedBytes).to.equal(head.length);
    });

    it('gives the host in lower case, without trailing dot and brackets', () => {
      expect(connect('STS.amazonaws.com.:443')).to.deep.equal({
        kind: 'connect',
        host: 'sts.amazonaws.com',
        port: 443,
      });
      expect(connect('[FE80::1]:8443')).to.deep.equal({ kind: 'connect', host: 'fe80::1', port: 8443 });
    });

    for (const target of [
      'sts.amazonaws.com',
      ':443',
      '.:443',
      'a:0',
      'a:65536',
      'a:443/',
      'a@b:443',
      'http://a:443',
      'a:+443',
      'a%00:443',
      `${'a'.repeat(255)}:443`,
    ]) {
      it(`is refused for ${target}`, () => {
        expect(connect(target)).to.deep.equal({ kind: 'malformed', reason: 'CONNECT needs host:port' });
      });
    }
  });

  it('gives method and target of other requests, and whether they are authorized', () => {
    const get = 'GET http://csg/cert/pem HTTP/1.1\r\nHost: csg\r\n\r\n';
    const found = { kind: 'request', method: 'GET', target: 'http://csg/cert/pem', isAuthorized: false };
    expect(read(get)).to.deep.equal({ found, usedBytes: get.length });
    const post = read('POST / HTTP/1.1\r\nauthorization: AWS4-HMAC-SHA256 x\r\n\r\nbody')?.found;
    expect(post).to.deep.equal({ kind: 'request', method: 'POST', target: '/', isAuthorized: true });
  });

  it('waits for the end of the head', () => {
    const head = 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n';
    for (let length = 0; length < head.length; length += 1)
      expect(read(head.slice(0, length))).to.equal(undefined);
  });

  it('is over at the limit', () => {
    const reason = "the request's head has more than 16384 bytes";
    const start = 'GET / HTTP/1.1\r\nX: ';
    expect(read(start.padEnd(limit - 1, 'x'))).to.equal(undefined);
    expect(read(start.padEnd(limit, 'x'))?.found).to.deep.equal({ kind: 'malformed', reason });
    expect(read(`${start.padEnd(limit - 4, 'x')}\r\n\r\n`)?.found.kind).to.equal('request');
    expect(read(`${start.padEnd(limit - 3, 'x')}\r\n\r\n`)?.found).to.deep.equal({
      kind: 'malformed',
      reason,
    });
  });

  const malformed = {
    'a lower-case method': 'get / HTTP/1.1\r\n\r\n',
    'SOCKS 5': '\x05\x01\x00',
    'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'two spaces': 'GET  / HTTP/1.1\r\n\r\n',
    'a control character in the target': 'GET /\x01 HTTP/1.1\r\n\r\n',
    'a folded field': 'GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n',
    'a space before the colon': 'GET / HTTP/1.1\r\nA : b\r\n\r\n',
    'a bare line feed': 'GET / HTTP/1.1\r\nA: b\nB: c\r\n\r\n',
    'a NUL': 'GET / HTTP/1.1\r\nA: \0\r\n\r\n',
  };
  for (const [name, text] of Object.entries(malformed)) {
    it(`refuses ${name}`, () => {
      expect(read(text)?.found.kind).to.equal('malformed');
    });
  }
});
