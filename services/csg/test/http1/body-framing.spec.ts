import { expect } from 'chai';
import { requestFraming, responseFraming } from '../../src/http1/body-framing.ts';

const request = (headers: string[], minorVersion: 0 | 1 = 1) =>
  requestFraming({ method: 'POST', target: '/', minorVersion, headers });
const response = (headers: string[], { status = 200, method = 'GET' } = {}) =>
  responseFraming({ status, reason: '', minorVersion: 1, headers }, method);

describe('requestFraming', () => {
  it('reads a length, chunks, or nothing', () => {
    expect(request([])).to.deep.equal({ kind: 'none' });
    expect(request(['content-length', '0'])).to.deep.equal({ kind: 'none' });
    expect(request(['Content-Length', '17'])).to.deep.equal({ kind: 'length', bytes: 17 });
    expect(request(['Transfer-Encoding', 'Chunked'])).to.deep.equal({ kind: 'chunked' });
  });

  const ambiguous: readonly [string, string[]][] = [
    ['a length and chunks', ['content-length', '5', 'transfer-encoding', 'chunked']],
    ['two lengths', ['content-length', '5', 'content-length', '5']],
    ['a list of lengths', ['content-length', '5, 5']],
    ['a signed length', ['content-length', '+5']],
    ['a hexadecimal length', ['content-length', '0x5']],
    ['an empty length', ['content-length', '']],
    ['a length beyond counting', ['content-length', '9'.repeat(16)]],
    ['chunks twice', ['transfer-encoding', 'chunked', 'transfer-encoding', 'chunked']],
    ['another coding', ['transfer-encoding', 'gzip, chunked']],
    ['identity', ['transfer-encoding', 'identity']],
    ['a disguised coding', ['transfer-encoding', 'xchunked']],
  ];
  for (const [what, headers] of ambiguous) {
    it(`refuses ${what}`, () => expect(request(headers)).to.equal(undefined));
  }

  it('refuses chunks in HTTP/1.0', () => {
    expect(request(['transfer-encoding', 'chunked'], 0)).to.equal(undefined);
  });
});

describe('responseFraming', () => {
  it('knows the answers that have no body whatever they say', () => {
    expect(response(['content-length', '5'], { method: 'HEAD' })).to.deep.equal({ kind: 'none' });
    expect(response(['content-length', '5'], { status: 304 })).to.deep.equal({ kind: 'none' });
    expect(response([], { status: 204 })).to.deep.equal({ kind: 'none' });
  });

  it('reads until the connection ends when nothing is said', () => {
    expect(response([])).to.deep.equal({ kind: 'until-close' });
  });

  it('refuses a length together with chunks', () => {
    expect(response(['content-length', '5', 'transfer-encoding', 'chunked'])).to.equal(undefined);
  });
});
