import { expect } from 'chai';
import { maskSecrets } from '../../src/demo/mask-secrets.ts';

describe('maskSecrets', () => {
  it('hides the token of a request and leaves everything else', () => {
    const envelope = { method: 'GET', headers: { authorization: 'Bearer cgw_t_x', host: 'a' }, body: '{}' };

    expect(maskSecrets(JSON.stringify(envelope))).to.deep.equal({
      ...envelope,
      headers: { authorization: 'Bearer …', host: 'a' },
    });
  });

  it('leaves an envelope without a token, or without headers, as it is', () => {
    for (const envelope of [{ status: 200, headers: { location: '/v1' } }, { status: 200 }]) {
      expect(maskSecrets(JSON.stringify(envelope))).to.deep.equal(envelope);
    }
  });
});
