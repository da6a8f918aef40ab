import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { signWebhook } from '../../src/webhooks/sign-webhook.ts';
import { webhookKey } from '../../src/webhooks/webhook-secret.ts';

describe('signWebhook', () => {
  it('agrees with the example that the Standard Webhooks libraries are tested with', () => {
    const signature = signWebhook(webhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330,
      body: Buffer.from('{"test": 2432232314}'),
    });

    expect(signature).to.equal('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('signs the very bytes of the body', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x28]);
    const key = Buffer.alloc(24, 7);
    const expected = createHmac('sha256', key)
      .update(Buffer.concat([Buffer.from('evt_1.5.'), bytes]))
      .digest('base64');

    const signature = signWebhook(webhookKey(`whsec_${key.toString('base64')}`), {
      id: 'evt_1',
      timestamp: 5,
      body: bytes,
    });

    expect(signature).to.equal(`v1,${expected}`);
  });
});
