import { expect } from 'chai';
import { readableEnvelope } from '../../src/demo/readable-envelope.ts';

describe('readableEnvelope', () => {
  it('parses the body, and counts the headers that tell nothing', () => {
    const shown = readableEnvelope({
      method: 'POST',
      headers: { host: 'a', 'user-agent': 'node', accept: '*/*', authorization: 'Bearer …' },
      body: '{"region":"us-east-1"}',
    });

    expect(shown).to.deep.equal({
      method: 'POST',
      headers: { host: 'a', authorization: 'Bearer …', '…': 'and 2 more' },
      body: { region: 'us-east-1' },
    });
  });

  it('shows of a large body the fields that tell most', () => {
    const others = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`field${i}`, i]));
    const shown = readableEnvelope({ body: JSON.stringify({ ...others, state: 'pending' }) });

    expect(shown['body']).to.deep.equal({ state: 'pending', '…': 'and 20 more' });
  });

  it('shows a body that is no JSON as it is, and none where there is none', () => {
    expect(readableEnvelope({ body: 'text' })['body']).to.equal('text');
    expect(readableEnvelope({ status: 204, body: '' })).to.deep.equal({ status: 204, body: '' });
  });
});
