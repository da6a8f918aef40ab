import { isGatewayError } from '@cloud-gateway/contracts';
import { mintToken } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { readBearerToken } from '../src/read-bearer-token.ts';

describe('readBearerToken', () => {
  const token = mintToken('cgw_t');

  it('gives the token, whatever the case of the scheme', () => {
    expect(readBearerToken(`Bearer ${token}`)).to.equal(token);
    expect(readBearerToken(` bearer  ${token} `)).to.equal(token);
  });

  const refused: [what: string, authorization: string | undefined, says: string][] = [
    ['no header', undefined, 'There is no Authorization header'],
    ['an empty header', '  ', 'There is no Authorization header'],
    ['another scheme', 'Basic YTpi', 'has to be: Bearer'],
    ['a scheme alone', 'Bearer', 'has to be: Bearer'],
    ['a token alone', token, 'has to be: Bearer'],
    ['two tokens', `Bearer ${token} ${token}`, 'has to be: Bearer'],
    ['a client secret', `Bearer ${mintToken('cgw_s')}`, 'secret of a client'],
    ['a cut token', `Bearer ${token.slice(0, -1)}`, 'was it cut'],
    ['a changed token', `Bearer ${flipLast(token)}`, 'was it cut'],
    ['a token of somebody else', 'Bearer ghp_1234567890', 'was it cut'],
  ];
  for (const [what, authorization, says] of refused) {
    it(`refuses ${what}, and does not repeat it`, () => {
      let refusal: unknown;
      try {
        readBearerToken(authorization);
      } catch (err) {
        refusal = err;
      }
      if (!isGatewayError(refusal)) throw new Error('not refused');
      expect(refusal.code).to.equal('unauthenticated');
      expect(refusal.message).to.contain(says).and.not.to.contain(token.slice(6, 20));
    });
  }
});

function flipLast(text: string): string {
  return text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
}
