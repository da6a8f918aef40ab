import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { webhookHeaders } from '../../src/webhooks/webhook-headers.ts';
import { webhookKey } from '../../src/webhooks/webhook-secret.ts';

describe('webhookHeaders', () => {
  const key = webhookKey(`whsec_${Buffer.alloc(24, 1).toString('base64')}`);
  const event = {
    id: 'evt_1',
    contentType: 'application/json',
    payload: Buffer.from('{"name":"Zoë"}'),
    attributes: {
      specversion: '1.0',
      id: 'evt_1',
      subject: 'a "b" 100%\u20ac\ud83d',
      source: '/v1/clouds/ec2',
    },
  };

  it('are those of Standard Webhooks', () => {
    const headers = webhookHeaders(event, { key, nowMs: 1_700_000_000_999 });

    const signed = createHmac('sha256', Buffer.alloc(24, 1))
      .update(`evt_1.1700000000.${event.payload.toString()}`)
      .digest('base64');
    expect(headers).to.include({
      'content-type': 'application/json',
      'content-length': '15',
      'webhook-id': 'evt_1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': `v1,${signed}`,
    });
  });

  it("hold the attributes as CloudEvents' HTTP binding wants them", () => {
    const headers = webhookHeaders(event, { key, nowMs: 0 });

    expect(headers).to.include({
      'ce-specversion': '1.0',
      'ce-id': 'evt_1',
      'ce-source': '/v1/clouds/ec2',
      'ce-subject': 'a%20%22b%22%20100%25%E2%82%AC%EF%BF%BD',
    });
  });
});
