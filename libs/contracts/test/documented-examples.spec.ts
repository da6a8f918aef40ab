// The JSON that docs/ shows is what the gateway takes and gives.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { z } from 'zod';
import { replyEnvelopeSchema } from '../src/envelopes/reply-envelope.ts';
import { requestEnvelopeSchema } from '../src/envelopes/request-envelope.ts';
import { resourceCreateRoute } from '../src/routes/resources/resource-create.ts';
import { subscriptionSchema } from '../src/routes/subscriptions/subscription.ts';
import { subscriptionCreateRoute } from '../src/routes/subscriptions/subscription-create.ts';

const pages: Readonly<Record<string, readonly z.ZodType[]>> = {
  'amqp-api.md': [requestEnvelopeSchema, replyEnvelopeSchema],
  'events.md': [subscriptionCreateRoute.body, subscriptionSchema.pick({ connect: true })],
  'resources.md': [resourceCreateRoute('instance').body, resourceCreateRoute('volume').body],
};

for (const [page, schemas] of Object.entries(pages)) {
  describe(`the examples of docs/${page}`, () => {
    const examples = jsonIn(readFileSync(new URL(`../../../../docs/${page}`, import.meta.url), 'utf8'));

    it('are those that are checked here', () => {
      expect(examples).to.have.length(schemas.length);
    });

    for (const [i, schema] of schemas.entries()) {
      it(`number ${i + 1} fits its schema`, () => {
        expect(schema.safeParse(examples[i]).error).to.equal(undefined);
      });
    }
  });
}

/** A field of an object stands for the object. */
function jsonIn(text: string): unknown[] {
  return [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = '']) =>
    JSON.parse(json.startsWith('{') ? json : `{${json}}`),
  );
}
