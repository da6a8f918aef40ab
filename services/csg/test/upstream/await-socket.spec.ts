import { Socket } from 'node:net';
import { expect } from 'chai';
import { awaitSocket } from '../../src/upstream/await-socket.ts';
import { UpstreamError } from '../../src/upstream/upstream-error.ts';
import { upstreamFailure } from './upstream-failure.ts';

describe('awaitSocket', () => {
  const wait = (socket: Socket, { withinMs = 60_000, signal = new AbortController().signal } = {}) =>
    awaitSocket(socket, {
      event: 'connect',
      withinMs,
      signal,
      failure: 'no connection to sts',
      toError: ({ code }) => new UpstreamError('connect', `no connection to sts: ${code}`),
    });

  function listeners(socket: Socket): number {
    return ['connect', 'error', 'close'].reduce((sum, name) => sum + socket.listenerCount(name), 0);
  }

  it('resolves on the event and leaves no listener behind', async () => {
    const socket = new Socket();
    const before = listeners(socket);
    const waiting = wait(socket);
    socket.emit('connect');

    await waiting;
    expect(listeners(socket)).to.equal(before);
    expect(socket.destroyed).to.equal(false);
    socket.destroy();
  });

  it('gives up in time, and destroys the socket', async () => {
    const socket = new Socket();
    const error = await upstreamFailure(wait(socket, { withinMs: 5 }));

    expect(error).to.include({ kind: 'timeout', message: 'no connection to sts: nothing within 5 ms' });
    expect(socket.destroyed).to.equal(true);
  });

  it('tells an error, a close and an abort apart', async () => {
    const failing = new Socket();
    const failed = upstreamFailure(wait(failing));
    failing.destroy(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
    expect(await failed).to.include({ kind: 'connect', message: 'no connection to sts: ECONNREFUSED' });

    const closing = new Socket();
    const closed = upstreamFailure(wait(closing));
    closing.destroy();
    expect(await closed).to.include({ kind: 'connect', message: 'no connection to sts: it was closed' });

    const abort = new AbortController();
    const given = upstreamFailure(wait(new Socket(), { signal: abort.signal }));
    abort.abort();
    expect(await given).to.include({ kind: 'closed' });
    expect(await upstreamFailure(wait(new Socket(), { signal: AbortSignal.abort() }))).to.include({
      kind: 'closed',
    });
  });
});
