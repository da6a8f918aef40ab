import { readConfig } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { z } from 'zod';
import { webhookSettings, webhookSettingsOf } from '../../src/webhooks/webhook-settings.ts';

describe('webhookSettingsOf', () => {
  const read = (environment: Record<string, string>) =>
    webhookSettingsOf(readConfig(z.object(webhookSettings), environment));

  it('allows nothing private unless told so', () => {
    expect(read({})).to.deep.include({ allowPrivate: false, caFile: undefined });
    expect(read({ GATEWAY_WEBHOOKS_ALLOW_PRIVATE: 'true' }).allowPrivate).to.equal(true);
  });

  it('takes times as people write them', () => {
    const { retry } = read({ GATEWAY_WEBHOOKS_RETRY_FOR_MS: '6h', GATEWAY_WEBHOOKS_ATTEMPTS: '3' });
    expect(retry).to.include({ retryForMs: 21_600_000, attemptsMax: 3, backoffBaseMs: 500 });
  });

  it("holds events for less than RabbitMQ's consumer_timeout", () => {
    expect(read({}).holdMaxMs).to.be.lessThan(30 * 60_000);
  });
});
