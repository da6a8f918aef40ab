import { expect } from 'chai';
import { applyChanges } from '../src/resources/apply-changes.ts';
import { addAccount } from './add-account.ts';
import { instanceBody } from './instance-body.ts';
import { openTestStore, type TestStore } from './open-test-store.ts';

describe('the trace repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
    await addAccount(test.store, 'ec2-1');
  });
  after(() => test.close());

  const at = new Date('2026-11-22T12:00:00.000Z');

  it('gathers all that one request has left behind, and nothing of another', async () => {
    const { read } = test.store;
    await read.clients.create({
      id: 'cli_1',
      organizationId: 'org_1',
      name: 'one',
      permissions: [],
      secretHash: 'x',
      createdAt: at,
    });
    for (const requestId of ['req_1', 'req_2']) {
      await test.store.inTransaction((tx) =>
        applyChanges(tx, {
          scope: { cloud: 'ec2', account: 'ec2-1', region: 'us-east-1' },
          cause: { kind: 'request', id: requestId },
          startedAtMs: null,
          observed: [instanceBody(`i-${requestId}`)],
        }),
      );
      await read.audit.append({
        id: `aud_${requestId}`,
        at,
        organizationId: 'org_1',
        actorId: 'cli_1',
        action: 'thing.made',
        subjectId: 'thing',
        requestId,
        idempotencyKey: `key of ${requestId}`,
        details: { what: 1 },
      });
      const lease = { requestHash: 'h'.repeat(64), owner: 'me', leaseMs: 1000 };
      for (const key of [requestId, `key of ${requestId}`]) {
        await read.idempotency.insert({ clientId: 'cli_1', key }, lease);
        await read.idempotency.complete({ clientId: 'cli_1', key }, { owner: 'me', answer: 'sealed-answer' });
      }
      await read.writeIntents.begin(
        {
          clientId: 'cli_1',
          key: `key of ${requestId}`,
          cloud: 'ec2',
          accountId: 'ec2-1',
          region: 'us-east-1',
          type: 'instance',
          requestId,
          credentialClientId: 'cli_1',
          specHash: 'h',
        },
        { owner: 'me', leaseMs: 1000 },
      );
    }
    const [published] = await read.outbox.listWaiting(1);
    await read.outbox.markPublished([published?.outboxId ?? 0]);

    const trace = await read.traces.find('req_1');

    expect(trace.audit).to.deep.equal([
      {
        id: 'aud_req_1',
        at,
        action: 'thing.made',
        subjectId: 'thing',
        actorId: 'cli_1',
        organizationId: 'org_1',
        details: { what: 1 },
      },
    ]);
    expect(trace.idempotency.map(({ clientId, state, attempt }) => [clientId, state, attempt])).to.deep.equal(
      [
        ['cli_1', 'done', 1],
        ['cli_1', 'done', 1],
      ],
    );
    expect(trace.writeIntents.map(({ region, type }) => [region, type])).to.deep.equal([
      ['us-east-1', 'instance'],
    ]);
    expect(trace.revisions).to.have.length(1);
    expect(trace.revisions[0]).to.include({
      revision: 1,
      sequence: 1,
      cloudId: 'i-req_1',
      change: 'discovered',
    });
    expect(trace.events.map(({ id }) => id)).to.deep.equal([`${trace.revisions[0]?.resourceId}.1`]);
    expect(trace.events[0]).to.include({ accountId: 'ec2-1', sequence: 1 });
    expect(trace.events[0]?.publishedAt).to.be.instanceOf(Date);
    expect(JSON.stringify(trace)).to.not.contain('sealed-answer');
  });

  it('is empty for a request that left nothing', async () => {
    const nothing = { audit: [], idempotency: [], writeIntents: [], revisions: [], events: [] };
    expect(await test.store.read.traces.find('req_none')).to.deep.equal(nothing);
  });
});
