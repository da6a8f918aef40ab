import { resourceEventSchema } from '@cloud-gateway/contracts';
import type { ArrivedEvent } from '@cloud-gateway/test-support';
import { expect } from 'chai';

/** It is what docs/events.md says of a resource event: routing key, headers, body. */
export function expectDocumentedEvent({
  routingKey,
  messageId,
  contentType,
  headers,
  payload,
}: ArrivedEvent): void {
  const event = resourceEventSchema.parse(payload);
  expect(routingKey).to.equal(
    [
      'v1',
      event.cloud,
      event.account,
      event.region,
      event.resourceType,
      event.change,
      event.newState ?? 'none',
    ].join('.'),
  );
  expect(contentType).to.equal('application/json');
  expect(messageId).to.equal(event.id);
  expect(headers).to.include({ cloudEvents_specversion: '1.0', cloudEvents_id: event.id });
  expect(headers['cloudEvents_subject']).to.equal(event.resourceId);
  for (const attribute of ['type', 'source']) {
    expect(headers[`cloudEvents_${attribute}`], attribute).to.be.a('string').and.not.equal('');
  }
  expect(Number.isNaN(Date.parse(String(headers['cloudEvents_time'])))).to.equal(false);
}
