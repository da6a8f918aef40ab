import { requestEnvelopeSchema } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { isCompleteEnvelope } from '../../src/responder/parse-request-envelope.ts';

const complete = {
  version: 1,
  method: 'GET',
  path: '/v1/clouds',
  query: '',
  headers: { host: 'x', 'set-cookie': ['a', 'b'] },
  body: '',
  bodyEncoding: 'utf8',
  peer: { address: '::1' },
  deadlineAt: 1,
};

describe('isCompleteEnvelope', () => {
  it('knows a complete envelope, which the schema leaves as it is', () => {
    expect(isCompleteEnvelope(complete)).to.equal(true);
    expect(requestEnvelopeSchema.parse(complete)).to.deep.equal(complete);
  });

  const wrong: Record<keyof typeof complete, unknown[]> = {
    version: [2, '1', undefined],
    method: ['get', '', 1, 'A B', undefined],
    path: ['v1', '', 1, undefined],
    query: [1, null],
    headers: [null, [], 'x', { a: 1 }, { a: [1] }, { a: null }],
    body: [1, null, {}],
    bodyEncoding: ['hex', null],
    peer: [{}, { address: 1 }, null, 'x'],
    deadlineAt: [1.5, '1', null, 2 ** 60],
  };
  for (const [field, values] of Object.entries(wrong)) {
    for (const value of values) {
      it(`is as strict as the schema when ${field} is ${JSON.stringify(value)}`, () => {
        const envelope = { ...complete, [field]: value };

        expect(isCompleteEnvelope(envelope)).to.equal(false);
        expect(requestEnvelopeSchema.safeParse(envelope).success).to.equal(false);
      });
    }
  }

  it('leaves what is not complete to the schema', () => {
    for (const json of [null, 1, 'x', [], {}, { version: 1, method: 'GET', path: '/' }]) {
      expect(isCompleteEnvelope(json)).to.equal(false);
    }
  });
});
