import { expect } from 'chai';
import { mintWebhookSecret, webhookKey } from '../../src/webhooks/webhook-secret.ts';

describe('webhook secret', () => {
  it('is minted with 24 random bytes, and makes a key of them', () => {
    const secret = mintWebhookSecret();

    expect(secret).to.match(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(mintWebhookSecret()).not.to.equal(secret);
    expect(webhookKey(secret).export().toString('base64')).to.equal(secret.slice('whsec_'.length));
  });

  for (const wrong of ['', 'whsec_', 'whsec_dG9vIHNob3J0', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])
    it(`does not take "${wrong}", and does not repeat it`, () => {
      expect(() => webhookKey(wrong)).to.throw('whsec_ and 24 to 64 bytes');
    });
});
