import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import { readBody } from '../../src/http1/read-body.ts';
import { readHead } from '../../src/http1/read-head.ts';
import { createWire, type Wire } from '../../src/http1/wire.ts';

describe('a wire', () => {
  const opened: Socket[] = [];
  const server = createServer({ allowHalfOpen: false });
  before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  after(() => {
    for (const socket of opened) socket.destroy();
    server.close();
  });

  async function pair(): Promise<{ wire: Wire; peer: Socket }> {
    const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [socket] = (await once(server, 'connection')) as [Socket];
    opened.push(peer, socket);
    return { wire: createWire(socket), peer };
  }

  const headLimits = { bytesMax: 1024, withinMs: 10_000, nowMs: () => 0 };

  it('hands out a head and leaves what follows', async () => {
    const { wire, peer } = await pair();
    peer.write('\r\nGET / HTTP/1.1\r\nho');
    peer.write('st: a\r\n\r\nrest');
    expect(await readHead(wire, headLimits)).to.deep.equal({
      kind: 'head',
      text: 'GET / HTTP/1.1\r\nhost: a',
    });
    while (wire.peek().length < 4) await wire.more();
    expect(wire.peek().toString()).to.equal('rest');
  });

  it('tells a connection that ends from one that ends in the middle of a head', async () => {
    const quiet = await pair();
    quiet.peer.end();
    expect(await readHead(quiet.wire, headLimits)).to.deep.equal({ kind: 'closed' });
    const cut = await pair();
    cut.peer.end('GET / HT');
    expect(await readHead(cut.wire, headLimits)).to.deep.equal({ kind: 'cut' });
  });

  it('refuses a head that is too large, and one that drips', async () => {
    const large = await pair();
    large.peer.write('x'.repeat(2000));
    expect(await readHead(large.wire, headLimits)).to.deep.equal({ kind: 'too-large' });

    const slow = await pair();
    let nowMs = 0;
    slow.peer.write('G');
    await slow.wire.more();
    const reading = readHead(slow.wire, { ...headLimits, nowMs: () => (nowMs += 6000) });
    slow.peer.write('E');
    expect(await reading).to.deep.equal({ kind: 'too-slow' });
  });

  it('reads bodies of every framing to their end and no further', async () => {
    const { wire, peer } = await pair();
    peer.write('hello3\r\nabc\r\n0\r\n\r\nnext');
    let text = '';
    const take = (piece: Buffer) => {
      text += piece.toString();
      return true;
    };
    expect(await readBody(wire, { kind: 'length', bytes: 5 }, take)).to.equal('complete');
    expect(await readBody(wire, { kind: 'chunked' }, take)).to.equal('complete');
    expect(await readBody(wire, { kind: 'none' }, take)).to.equal('complete');
    expect(text).to.equal('helloabc');
    peer.end();
    expect(await readBody(wire, { kind: 'until-close' }, take)).to.equal('complete');
    expect(text).to.equal('helloabcnext');
  });

  it('says when a body is cut short, malformed, or not wanted any more', async () => {
    const cut = await pair();
    cut.peer.end('hel');
    expect(await readBody(cut.wire, { kind: 'length', bytes: 5 }, () => true)).to.equal('broken');
    const malformed = await pair();
    malformed.peer.write('zz\r\n');
    expect(await readBody(malformed.wire, { kind: 'chunked' }, () => true)).to.equal('malformed');
    const unwanted = await pair();
    unwanted.peer.write('hello');
    expect(await readBody(unwanted.wire, { kind: 'length', bytes: 9 }, async () => false)).to.equal(
      'stopped',
    );
  });

  it('makes the sender wait while nothing is taken', async () => {
    const { wire, peer } = await pair();
    const piece = Buffer.alloc(1024 * 1024, 1);
    let sent = 0;
    const send = (): void => {
      while (sent < 64 && peer.write(piece)) sent += 1;
      if (sent < 64)
        peer.once('drain', () => {
          sent += 1;
          send();
        });
    };
    send();
    await wire.more();
    await once(wire.socket, 'pause');
    // What waits unread is bounded by the wire and the buffers of the system, not by what the sender has.
    expect(wire.peek().length).to.be.lessThan(1024 * 1024);
    expect(sent).to.be.lessThan(64);
    let received = 0;
    const end = await readBody(wire, { kind: 'length', bytes: 64 * piece.length }, (taken) => {
      received += taken.length;
      return true;
    });
    expect({ end, received }).to.deep.equal({ end: 'complete', received: 64 * piece.length });
  });

  it('breaks when nothing moves for too long', async () => {
    const { wire } = await pair();
    wire.idleTimeout(20);
    expect(await wire.more()).to.equal(false);
    expect({ broken: wire.broken, timedOut: wire.timedOut }).to.deep.equal({ broken: true, timedOut: true });
  });
});
