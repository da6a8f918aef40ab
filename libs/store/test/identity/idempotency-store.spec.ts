import { expect } from 'chai';
import { createIdempotencyStore } from '../../src/identity/idempotency-store.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

// A vault that can be read: what counts here is that everything goes through it, and under which context.
const seal = async (plaintext: string, context: string) =>
  Buffer.from(JSON.stringify([context, plaintext])).toString('base64');
const open = async (sealed: string, context: string) => {
  const [sealedContext, plaintext] = JSON.parse(Buffer.from(sealed, 'base64').toString()) as [string, string];
  if (sealedContext !== context) throw new Error('sealed for another place');
  return Buffer.from(plaintext);
};

describe('the idempotency store', () => {
  let test: TestStore;
  let idempotency: ReturnType<typeof createIdempotencyStore>;
  before(async () => {
    test = await openTestStore();
    idempotency = createIdempotencyStore({ store: test.store, seal, open });
  });
  after(() => test.close());

  const hash = 'a'.repeat(64);
  const key = (name: string, clientId = 'cli_a') => ({ clientId, key: name });
  const begin = (name: string, owner = 'first', { requestHash = hash, leaseMs = 60_000 } = {}) =>
    idempotency.begin(key(name), { requestHash, owner, leaseMs });
  const answer = {
    version: 1 as const,
    status: 201,
    headers: { location: '/v1/x' },
    body: '{"secret":"ä"}',
    bodyEncoding: 'utf8' as const,
  };

  it('lets the first one execute and makes others wait', async () => {
    expect(await begin('wait')).to.deep.equal({ state: 'execute', attempt: 1 });
    expect(await begin('wait', 'second')).to.deep.equal({ state: 'running' });
    expect(await begin('wait', 'first')).to.deep.equal({ state: 'running' });
  });

  it('lets one of 50 at once execute', async () => {
    const beginnings = await Promise.all(
      Array.from({ length: 50 }, (_, index) => begin('race', `owner ${index}`)),
    );

    const states = beginnings.map(({ state }) => state).sort();
    expect(states).to.deep.equal(['execute', ...Array.from({ length: 49 }, () => 'running')]);
  });

  it('lets one of 50 at once take over an expired lease', async () => {
    await begin('race for an expired one', 'first', { leaseMs: 0 });

    const beginnings = await Promise.all(
      Array.from({ length: 50 }, (_, index) => begin('race for an expired one', `owner ${index}`)),
    );

    const executing = beginnings.filter(({ state }) => state === 'execute');
    expect(executing).to.deep.equal([{ state: 'execute', attempt: 2 }]);
  });

  it('gives the stored answer once it is complete', async () => {
    await begin('complete');
    await idempotency.complete(key('complete'), { owner: 'first', answer });

    expect(await begin('complete', 'second')).to.deep.equal({ state: 'stored', answer });
  });

  it('stores answers sealed, for their own place only', async () => {
    await begin('sealed');
    await idempotency.complete(key('sealed'), { owner: 'first', answer });
    await begin('copied to');
    const [rows] = (await test.execute(
      `select answer from idempotency where idempotency_key = 'sealed'`,
    )) as [{ answer: string }[]];

    expect(rows[0]?.answer).to.equal(await seal(JSON.stringify(answer), 'idempotency:cli_a:sealed'));
    await test.execute(
      `update idempotency a, idempotency b set b.answer = a.answer, b.state = 'done'
       where a.idempotency_key = 'sealed' and b.idempotency_key = 'copied to'`,
    );
    const failure = await begin('copied to').catch((err: unknown) => err);
    expect(String(failure)).to.contain('sealed for another place');
  });

  it('takes over when the lease is over, and refuses the outcome of the one that lost it', async () => {
    await begin('lost', 'first', { leaseMs: 0 });
    expect(await begin('lost', 'second')).to.deep.equal({ state: 'execute', attempt: 2 });

    expect(await idempotency.extend(key('lost'), { owner: 'first', leaseMs: 1000 })).to.equal(false);
    await idempotency.complete(key('lost'), { owner: 'first', answer });
    await idempotency.release(key('lost'), { owner: 'first' });

    expect(await begin('lost', 'third')).to.deep.equal({ state: 'running' });
  });

  it('keeps a lease that is extended', async () => {
    await begin('kept', 'first', { leaseMs: 0 });
    expect(await idempotency.extend(key('kept'), { owner: 'first', leaseMs: 60_000 })).to.equal(true);

    expect(await begin('kept', 'second')).to.deep.equal({ state: 'running' });
  });

  it('executes again what was given back', async () => {
    await begin('given back');
    await idempotency.release(key('given back'), { owner: 'first' });

    expect(await begin('given back', 'second')).to.deep.equal({ state: 'execute', attempt: 2 });
  });

  it('does not forget an outcome when it is given back too late', async () => {
    await begin('done');
    await idempotency.complete(key('done'), { owner: 'first', answer });
    await idempotency.release(key('done'), { owner: 'first' });

    expect((await begin('done')).state).to.equal('stored');
  });

  it('tells that a key came with another request before, also once it is done', async () => {
    await begin('reused');
    expect(await begin('reused', 'second', { requestHash: 'b'.repeat(64) })).to.deep.equal({
      state: 'mismatch',
    });
    await idempotency.complete(key('reused'), { owner: 'first', answer });
    expect(await begin('reused', 'second', { requestHash: 'b'.repeat(64) })).to.deep.equal({
      state: 'mismatch',
    });
  });

  it('keeps keys apart by client, case, trailing spaces, and beyond 255 bytes', async () => {
    const names = ['k', 'K', 'k ', 'k'.repeat(255), 'k'.repeat(256), 'k'.repeat(257), 'ü'.repeat(200)];
    for (const name of names) expect((await begin(name)).state).to.equal('execute');
    for (const name of names) expect((await begin(name)).state).to.equal('running');

    const other = await idempotency.begin(key('k', 'cli_b'), {
      requestHash: hash,
      owner: 'x',
      leaseMs: 1000,
    });
    expect(other.state).to.equal('execute');
  });

  it('takes an owner of any length and script', async () => {
    const owner = `ø😀${'o'.repeat(400)}`;
    await begin('owner', owner);

    expect(await idempotency.extend(key('owner'), { owner, leaseMs: 1000 })).to.equal(true);
  });

  it('forgets what is older than its retention, and nothing else', async () => {
    await begin('old', 'first', { leaseMs: 0 });
    await idempotency.complete(key('old'), { owner: 'first', answer });
    await begin('abandoned', 'first', { leaseMs: 0 });
    await begin('running');

    await test.store.read.idempotency.purge({ leasedBefore: new Date(Date.now() + 1_000), limit: 1000 });

    expect(await begin('old')).to.deep.equal({ state: 'execute', attempt: 1 });
    expect(await begin('abandoned')).to.deep.equal({ state: 'execute', attempt: 1 });
    expect(await begin('running')).to.deep.equal({ state: 'running' });
  });
});
