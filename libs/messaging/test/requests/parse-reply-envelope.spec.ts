import { replyEnvelopeSchema } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { isCompleteReply, parseReplyEnvelope } from '../../src/requests/parse-reply-envelope.ts';

const complete = { version: 1, status: 200, headers: { a: 'b', c: ['d'] }, body: 'x', bodyEncoding: 'utf8' };

describe('parseReplyEnvelope', () => {
  it('takes a complete reply, and fills in what may be left out', () => {
    expect(parseReplyEnvelope(Buffer.from(JSON.stringify(complete)))).to.deep.equal(complete);
    expect(parseReplyEnvelope(Buffer.from('{"version":1,"status":204}'))).to.deep.equal({
      version: 1,
      status: 204,
      headers: {},
      body: '',
      bodyEncoding: 'utf8',
    });
  });

  const wrong: Record<keyof typeof complete, unknown[]> = {
    version: [2, undefined],
    status: [99, 600, 200.5, '200', undefined],
    headers: [null, [], { a: 1 }],
    body: [1, null],
    bodyEncoding: ['hex', null],
  };
  for (const [field, values] of Object.entries(wrong)) {
    for (const value of values) {
      it(`is as strict as the schema when ${field} is ${JSON.stringify(value)}`, () => {
        const reply = { ...complete, [field]: value };

        expect(isCompleteReply(reply)).to.equal(false);
        expect(replyEnvelopeSchema.safeParse(reply).success).to.equal(false);
        expect(parseReplyEnvelope(Buffer.from(JSON.stringify(reply)))).to.equal(undefined);
      });
    }
  }

  it('gives nothing for what is no JSON', () => {
    expect(parseReplyEnvelope(Buffer.from('x'))).to.equal(undefined);
    expect(isCompleteReply(null)).to.equal(false);
  });
});
