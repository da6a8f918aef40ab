import { expect } from 'chai';
import type { NewAuditEntry } from '../../src/identity/audit-log.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the audit log', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const entry = (id: string, changes: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
    id,
    at: new Date('2026-01-02T03:04:05.678Z'),
    organizationId: 'org_a',
    actorId: 'cli_a',
    action: 'client.created',
    subjectId: 'cli_b',
    requestId: 'req 😀',
    details: { name: 'robot', permissions: ['audit:read'] },
    ...changes,
  });
  const append = (id: string, changes?: Partial<NewAuditEntry>) =>
    test.store.read.audit.append(entry(id, changes));

  it('can be appended to and listed, and nothing else', () => {
    expect(Object.keys(test.store.read.audit)).to.deep.equal(['append', 'list']);
  });

  it('gives back what was appended', async () => {
    await append('aud_1');

    expect(await test.store.read.audit.list({ limit: 1 })).to.deep.equal([entry('aud_1')]);
  });

  it('lists newest first, page by page, of one organization', async () => {
    for (const id of ['aud_p1', 'aud_p2', 'aud_p3']) await append(id, { organizationId: 'org_pages' });

    const list = (beforeId?: string) =>
      test.store.read.audit.list({ organizationId: 'org_pages', ...(beforeId && { beforeId }), limit: 2 });

    expect((await list()).map(({ id }) => id)).to.deep.equal(['aud_p3', 'aud_p2']);
    expect((await list('aud_p2')).map(({ id }) => id)).to.deep.equal(['aud_p1']);
  });

  it('finds what one actor did under an idempotency key, of any length', async () => {
    const long = 'ö'.repeat(255);
    await append('aud_k1', { actorId: 'cli_keys', idempotencyKey: 'key' });
    await append('aud_k2', { actorId: 'cli_keys', idempotencyKey: 'KEY' });
    await append('aud_k3', { actorId: 'cli_keys', idempotencyKey: long });
    await append('aud_k4', { actorId: 'cli_others', idempotencyKey: 'key' });

    const find = async (idempotencyKey: string, since = new Date(0)) => {
      const action = 'client.created';
      const found = await test.store.read.audit.list({
        actorId: 'cli_keys',
        action,
        idempotencyKey,
        since,
        limit: 9,
      });
      return found.map(({ id }) => id);
    };

    expect(await find('key')).to.deep.equal(['aud_k1']);
    expect(await find(long)).to.deep.equal(['aud_k3']);
    expect(await find('key', new Date('2026-01-03T00:00:00Z'))).to.deep.equal([]);
  });
});
