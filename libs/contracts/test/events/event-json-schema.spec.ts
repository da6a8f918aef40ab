// The schemas and samples of docs/events, which are generated: that they fit each other, the code and what was written
// before. Schemas are read from the files, so that what is tested is what a subscriber has.
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import { administrativeSubjects } from '../../src/events/administrative-event.ts';
import { type AnyEvent, anyEventSchema, eventKinds } from '../../src/events/any-event.ts';
import { eventFamilies } from '../../src/events/event-json-schema.ts';
import {
  administrativeEventRoutingKey,
  listingEventRoutingKey,
  resourceEventRoutingKey,
} from '../../src/events/event-routing-key.ts';

interface Sample {
  readonly routingKey: string;
  readonly properties: {
    readonly messageId: string;
    readonly type: string;
    readonly contentType: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly payload: AnyEvent;
}

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const docs = new URL('../../../../../docs/events/', import.meta.url);
const kinds = [...eventKinds, ...Object.keys(administrativeSubjects)];

describe('the schemas and samples of docs/events', () => {
  const schemas = new Map(
    eventFamilies.map((family) => [
      family,
      z.fromJSONSchema(readJson(`${family}-event.schema.json`) as JsonSchema),
    ]),
  );
  const schemaOf = (event: AnyEvent) => {
    const schema = schemas.get(familyOf(event));
    if (schema === undefined) throw new Error(`there is no schema of ${familyOf(event)}`);
    return schema;
  };

  it('are one sample for every kind of event, and no other', () => {
    const files = readdirSync(new URL('samples/', docs));
    expect(files.toSorted()).to.deep.equal(kinds.map((kind) => `${kind}.json`).toSorted());
  });

  for (const kind of kinds) {
    describe(kind, () => {
      const { routingKey, properties, payload } = readJson(`samples/${kind}.json`) as Sample;

      it('fits what the gateway reads and what subscribers are told', () => {
        expect(anyEventSchema.parse(payload)).to.deep.equal(payload);
        expect(schemaOf(payload).safeParse(payload).error).to.equal(undefined);
        expect(kindOf(payload)).to.equal(kind);
      });

      it('has the routing key and the CloudEvents attributes of what it carries', () => {
        expect(routingKey).to.equal(keyOf(payload));
        expect(properties).to.include({ messageId: payload.id, contentType: 'application/json' });
        const { cloudEvents_time: time, ...headers } = properties.headers;
        expect(headers).to.include({
          cloudEvents_specversion: '1.0',
          cloudEvents_id: payload.id,
          cloudEvents_type: properties.type,
        });
        expect(properties.type).to.match(/^cloud-gateway\.[a-z.-]+\.v1$/);
        expect(headers['cloudEvents_source']).to.match(/^\/v1/);
        expect(headers['cloudEvents_subject']).to.not.equal('');
        expect(new Date(String(time)).toISOString(), 'RFC 3339, in UTC').to.equal(time);
      });

      it('is read by subscribers when a minor version has added a field', () => {
        const later = { ...payload, schemaVersion: '1.7', addedInALaterVersion: { any: 'thing' } };
        expect(schemaOf(payload).safeParse(later).error).to.equal(undefined);
        expect(anyEventSchema.safeParse(later).error).to.equal(undefined);
      });

      it('is refused when a field is missing, or by a major version', () => {
        const { id: _, ...without } = payload;
        for (const broken of [without, { ...payload, schemaVersion: '2.0' }]) {
          expect(schemaOf(payload).safeParse(broken).success).to.equal(false);
          expect(anyEventSchema.safeParse(broken).success).to.equal(false);
        }
      });
    });
  }

  describe('what a later minor version has added', () => {
    const sample = (kind: string) => (readJson(`samples/${kind}.json`) as Sample).payload;
    const reads = (event: object) => anyEventSchema.safeParse({ ...event, schemaVersion: '1.4' }).success;
    const details = { bucket: 'b', nested: { any: ['thing'] } };

    it('is read: a subject, a type, a kind, a cause', () => {
      const event = { ...sample('token.revoked'), subject: 'bucket.sealed', details, schemaVersion: '1.4' };
      expect(anyEventSchema.parse(event)).to.deep.equal(event);
      const created = sample('state') as { body: object; cause: object };
      const body = { ...created.body, type: 'load-balancer', visibility: 'organization' };
      expect(reads({ ...created, resourceType: 'load-balancer', body }), 'a type').to.equal(true);
      expect(reads({ ...created, change: 'moved' }), 'a kind').to.equal(true);
      expect(reads({ ...created, cause: { kind: 'rule', id: 'rul_1' } }), 'a cause').to.equal(true);
      expect(reads({ ...sample('stale'), resourceType: 'load-balancer', change: 'paused' })).to.equal(true);
    });

    it('is refused without what every version has', () => {
      const { scope: _, ...noScope } = { ...(sample('token.revoked') as { scope: string }), details };
      expect(reads({ ...noScope, subject: 'bucket.sealed' })).to.equal(false);
      expect(reads({ ...noScope, scope: 'org_1', subject: 'bucket.sealed', details: 'text' })).to.equal(
        false,
      );
      const { sequence: __, ...noSequence } = sample('state') as { sequence: number };
      expect(reads({ ...noSequence, resourceType: 'load-balancer' })).to.equal(false);
    });

    it('is not taken for a subject of ours whose details do not fit', () => {
      expect(reads({ ...sample('credentials.invalid'), details })).to.equal(false);
    });
  });

  // The outbox and subscribers' queues hold events that an older gateway wrote. Never edit such a file: with each minor
  // version another one comes beside it.
  it('read what version 1.0 has written', () => {
    const file = new URL('../../../test/events/written-by-1.0.json', import.meta.url);
    const events = JSON.parse(readFileSync(file, 'utf8')) as AnyEvent[];

    expect(events.map(kindOf).toSorted()).to.deep.equal(kinds.toSorted());
    for (const event of events) {
      expect(anyEventSchema.safeParse(event).error, kindOf(event)).to.equal(undefined);
      expect(schemaOf(event).safeParse(event).error, kindOf(event)).to.equal(undefined);
    }
  });
});

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, docs), 'utf8'));
}

function kindOf(event: AnyEvent): string {
  return 'subject' in event ? event.subject : event.change;
}

function familyOf(event: AnyEvent): (typeof eventFamilies)[number] {
  if ('subject' in event) return 'administrative';
  return 'revision' in event ? 'resource' : 'listing';
}

function keyOf(event: AnyEvent): string {
  if ('subject' in event) return administrativeEventRoutingKey(event);
  return 'revision' in event ? resourceEventRoutingKey(event) : listingEventRoutingKey(event);
}
