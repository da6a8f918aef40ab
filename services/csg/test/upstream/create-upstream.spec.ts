import { type Clock, createTestClock, systemClock } from '@cloud-gateway/clock';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import {
  createUpstream,
  type Upstream,
  type UpstreamConnection,
} from '../../src/upstream/create-upstream.ts';
import { parseEndpointMap } from '../../src/upstream/parse-endpoint-map.ts';
import { ask, type EndpointServer, startEndpointServer, testAuthority } from './endpoint-server.ts';
import { upstreamFailure } from './upstream-failure.ts';

const at = (host: string) => ({ host, port: 443 });
const one = at('one.amazonaws.com');
const two = at('two.amazonaws.com');

interface Options {
  readonly connectionsMax?: number;
  readonly waitMs?: number;
  readonly idleMs?: number;
  readonly clock?: Clock;
}

/** By TLS, and without it, because the sockets differ. */
for (const scheme of ['https', 'http'] as const) {
  describe(`createUpstream, ${scheme}`, () => {
    let server: EndpointServer;
    let upstream: Upstream;

    beforeEach(async () => {
      server = await startEndpointServer(scheme === 'https' ? { names: ['localhost'] } : {});
    });
    afterEach(async () => {
      upstream.close();
      await server.close();
    });

    function open({
      connectionsMax = 100,
      waitMs = 5_000,
      idleMs = 15_000,
      clock = createTestClock(Date.now()),
    }: Options = {}) {
      upstream = createUpstream({
        proxy: undefined,
        extraCa: testAuthority,
        endpoints: parseEndpointMap([`*=${scheme}://localhost:${server.port}`]),
        timeouts: { connectMs: 5_000, tlsMs: 5_000, idleMs, waitMs },
        limits: { connectionsMax },
        clock,
      });
    }

    async function used(target = one): Promise<UpstreamConnection> {
      const connection = await upstream.acquire(target);
      expect(await ask(connection.socket)).to.equal('ok');
      return connection;
    }

    it('uses a connection again that came back, and says so', async () => {
      open();
      const first = await used();
      first.release();
      const second = upstream.tryAcquire(one);
      const third = await used();

      expect(first.reused).to.equal(false);
      expect(second).to.include({ socket: first.socket, reused: true });
      expect(await ask(first.socket)).to.equal('ok');
      expect(third.reused).to.equal(false);
      expect(server.connections).to.equal(2);
    });

    it('has none idle that is lent, or of another host', async () => {
      open();
      const lent = await used(one);
      expect(upstream.tryAcquire(one)).to.equal(undefined);
      lent.release();
      expect(upstream.tryAcquire(two)).to.equal(undefined);
      expect(upstream.counts()).to.deep.equal({ open: 1, idle: 1, waiting: 0 });
    });

    it('gives out the one first that came back last', async () => {
      open();
      const [first, second] = [await used(), await used()];
      first.release();
      second.release();

      expect(upstream.tryAcquire(one)?.socket).to.equal(second.socket);
      expect(upstream.tryAcquire(one)?.socket).to.equal(first.socket);
    });

    it('serves a thousand calls at 16 a time with 16 connections', async () => {
      open();
      let left = 1000;
      const caller = async () => {
        while (left-- > 0) {
          const connection = upstream.tryAcquire(one) ?? (await upstream.acquire(one));
          expect(await ask(connection.socket)).to.equal('ok');
          connection.release();
        }
      };
      await Promise.all(Array.from({ length: 16 }, caller));

      expect(server.connections).to.be.at.most(16);
      const socket = upstream.tryAcquire(one)?.socket;
      // Nothing piles up on a connection however often it is lent.
      expect(socket?.listenerCount('data'), "the pool's own").to.equal(1);
      expect(socket?.listenerCount('close')).to.be.at.most(3);
    });

    for (const [what, happens] of [
      [
        'gets data that nobody asked for',
        (s: EndpointServer) => [...s.sockets][0]?.write('HTTP/1.1 408 Late'),
      ],
      ['is ended', (s: EndpointServer) => [...s.sockets][0]?.end()],
      ['is cut', (s: EndpointServer) => [...s.sockets][0]?.destroy()],
    ] as const) {
      it(`drops an idle connection that ${what}`, async () => {
        open();
        const connection = await used();
        connection.release();
        happens(server);

        await eventually(() => upstream.counts().open === 0);
        expect(upstream.counts().idle).to.equal(0);
        expect(connection.socket.destroyed).to.equal(true);
        expect((await used()).reused).to.equal(false);
      });
    }

    it('hears what comes on an idle connection also when its borrower had made it stop', async () => {
      open();
      const connection = await used();
      connection.socket.pause();
      connection.release();
      [...server.sockets][0]?.write('late');

      await eventually(() => upstream.counts().open === 0);
    });

    it('gives out the first byte to the next borrower of such a connection', async () => {
      open();
      const connection = await used();
      connection.socket.pause();
      connection.release();

      expect(await ask((await upstream.acquire(one)).socket)).to.equal('ok');
    });

    it('learns of a lent connection that is gone', async () => {
      open();
      const lost = await used();
      const broken = await used();
      [...server.sockets][0]?.destroy();
      broken.socket.destroy(new Error('the borrower does so'));

      await eventually(() => upstream.counts().open === 0);
      lost.release();
      broken.destroy();
      expect(upstream.counts()).to.deep.equal({ open: 0, idle: 0, waiting: 0 });
    });

    it('takes nothing back that has something unsent or unread', async () => {
      open();
      const unread = await upstream.acquire(one);
      unread.socket.pause();
      unread.socket.write('request');
      unread.socket.read(0);
      await eventually(() => unread.socket.readableLength > 0);
      unread.release();
      const ended = await used();
      ended.socket.end();
      ended.release();

      expect(upstream.counts()).to.deep.equal({ open: 0, idle: 0, waiting: 0 });
    });

    it('lets whoever has given it back do nothing to it any more', async () => {
      open();
      const before = await used();
      before.release();
      const now = await upstream.acquire(one);
      before.destroy();
      before.release();

      expect(now.socket).to.equal(before.socket);
      expect(await ask(now.socket)).to.equal('ok');
      expect(upstream.counts().idle).to.equal(0);
    });

    it('does not lend what has rested too long, nor what has no known age', async () => {
      const clock = createTestClock(Date.now());
      open({ idleMs: 15_000, clock });
      (await used()).release();
      clock.advance(15_000);
      const young = upstream.tryAcquire(one);
      young?.release();
      clock.advance(15_001);
      const old = upstream.tryAcquire(one);
      (await used()).release();
      clock.advance(-1);

      expect([young?.reused, old]).to.deep.equal([true, undefined]);
      expect(upstream.tryAcquire(one)).to.equal(undefined);
      expect(upstream.counts().open).to.equal(0);
    });

    it('closes by itself what has rested too long', async () => {
      open({ idleMs: 20, clock: systemClock });
      (await used(one)).release();
      (await used(two)).release();

      await eventually(() => server.connections === 2 && server.sockets.size === 0);
      expect(upstream.counts()).to.deep.equal({ open: 0, idle: 0, waiting: 0 });
    });

    it('gives up an idle connection of another host for a new one', async () => {
      open({ connectionsMax: 2 });
      (await used(one)).release();
      await used(two);
      const third = await used(two);

      expect(third.reused).to.equal(false);
      expect(upstream.counts()).to.deep.equal({ open: 2, idle: 0, waiting: 0 });
    });

    it('lets callers wait when all are in use, and serves them in order', async () => {
      open({ connectionsMax: 1 });
      const held = await used(one);
      const order: string[] = [];
      const call = async (name: string, target: typeof one) => {
        const connection = await upstream.acquire(target);
        order.push(`${name} ${connection.reused ? 'reused' : 'new'}`);
        expect(await ask(connection.socket)).to.equal('ok');
        connection.release();
      };
      const calls = [call('a', one), call('b', two), call('c', one), call('d', one)];
      expect(upstream.counts()).to.deep.equal({ open: 1, idle: 0, waiting: 4 });
      held.release();
      await Promise.all(calls);

      expect(order).to.deep.equal(['a reused', 'b new', 'c new', 'd reused']);
      expect(upstream.counts()).to.deep.equal({ open: 1, idle: 1, waiting: 0 });
    });

    it('serves who waits when a connection is destroyed, or could not be opened', async () => {
      open({ connectionsMax: 1 });
      const held = await used(one);
      const waiting = used(one);
      held.destroy();
      const next = await waiting;
      expect(next.reused).to.equal(false);

      const leaving = new AbortController();
      next.destroy();
      const failing = upstreamFailure(upstream.acquire(one, leaving.signal));
      const after = used(two);
      leaving.abort();
      expect((await failing).kind).to.equal('closed');
      await after;
    });

    it('lets nobody wait for longer than a while, and anybody leave', async () => {
      open({ connectionsMax: 1, waitMs: 20 });
      const held = await used(one);
      const leaving = new AbortController();

      const late = upstreamFailure(upstream.acquire(one));
      const gone = upstreamFailure(upstream.acquire(one, leaving.signal));
      leaving.abort();

      expect(await gone).to.include({ kind: 'closed' });
      expect(await late).to.include({
        kind: 'timeout',
        message: 'no connection to one.amazonaws.com within 20 ms: all that this process may have are in use',
      });
      expect(upstream.counts().waiting).to.equal(0);
      held.release();
      expect(upstream.counts().idle).to.equal(1);
    });

    it('ends everything when it is closed', async () => {
      open({ connectionsMax: 3 });
      (await used(one)).release();
      const lent = await used(two);
      const more = await used(two);
      const opening = upstreamFailure(upstream.acquire(two));
      const waiting = upstreamFailure(upstream.acquire(two));
      upstream.close();
      lent.release();

      expect([(await opening).kind, (await waiting).kind]).to.deep.equal(['closed', 'closed']);
      expect(await upstreamFailure(upstream.acquire(one))).to.include({ kind: 'closed' });
      expect([lent.socket.destroyed, more.socket.destroyed]).to.deep.equal([true, true]);
      expect(upstream.counts()).to.deep.equal({ open: 0, idle: 0, waiting: 0 });
      await eventually(() => server.sockets.size === 0);
    });
  });
}
