import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { passDeclaredBody } from '../../src/exchange/pass-declared-body.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('passDeclaredBody', () => {
  it('keeps the last piece back until the whole is known to be right', () => {
    const pass = passDeclaredBody(sha256('abc'));
    expect(pass.push(Buffer.from('a'))).to.deep.equal({ ok: true, out: [] });
    expect(pass.push(Buffer.from('bc'))).to.deep.equal({ ok: true, out: [Buffer.from('a')] });
    expect(pass.end()).to.deep.equal({ ok: true, out: [Buffer.from('bc')] });
  });

  it('never gives the end of a body that is not the one that was signed', () => {
    const pass = passDeclaredBody(sha256('abc'));
    pass.push(Buffer.from('a'));
    pass.push(Buffer.from('bx'));
    expect(pass.end()).to.include({ ok: false, kind: 'payload-hash-mismatch' });
  });
});
