import { expect } from 'chai';
import { requestEnvelopeSchema } from '../../src/envelopes/request-envelope.ts';

describe('requestEnvelopeSchema', () => {
  it('needs no more than version, method and path, and fills in the rest', () => {
    expect(requestEnvelopeSchema.parse({ version: 1, method: 'GET', path: '/v1/clouds' })).to.deep.equal({
      version: 1,
      method: 'GET',
      path: '/v1/clouds',
      query: '',
      headers: {},
      body: '',
      bodyEncoding: 'utf8',
    });
  });

  const refused: [why: string, envelope: unknown][] = [
    ['another version', { version: 2, method: 'GET', path: '/' }],
    ['no method', { version: 1, path: '/' }],
    ['a method in small letters', { version: 1, method: 'get', path: '/' }],
    ['a path without its slash', { version: 1, method: 'GET', path: 'v1' }],
    ['a header that is a number', { version: 1, method: 'GET', path: '/', headers: { a: 1 } }],
    ['an unknown encoding', { version: 1, method: 'GET', path: '/', bodyEncoding: 'hex' }],
    ['a list', []],
    ['null', null],
  ];
  for (const [why, envelope] of refused) {
    it(`refuses ${why}`, () => {
      expect(requestEnvelopeSchema.safeParse(envelope).success).to.equal(false);
    });
  }
});
