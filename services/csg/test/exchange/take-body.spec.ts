import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { openSpool, type Spool } from '../../src/exchange/spool.ts';
import { type BodyToTake, discardBody, type TakeBodyDeps, takeBody } from '../../src/exchange/take-body.ts';
import { createWire } from '../../src/http1/wire.ts';

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

describe('takeBody', () => {
  const sockets: Socket[] = [];
  const server = createServer();
  let folder: string;
  let spool: Spool;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'csg-spool-'));
    spool = await openSpool({ directory: folder, fileBytesMax: 100_000, totalBytesMax: 150_000 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await rm(folder, { recursive: true });
  });

  async function sent(bytes: Buffer | string, wanted: Partial<BodyToTake> = {}): Promise<BodyToTake> {
    const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [socket] = (await once(server, 'connection')) as [Socket];
    sockets.push(peer, socket);
    peer.end(bytes);
    return {
      wire: createWire(socket),
      framing: { kind: 'length', bytes: Buffer.byteLength(bytes) },
      payload: { kind: 'body' },
      isNeededToDecide: false,
      expectsContinue: false,
      ...wanted,
    };
  }

  const deps = (): TakeBodyDeps => ({ spool, memory: { bodyBytesMax: 1000, totalBytesMax: 1500, inUse: 0 } });

  async function refusal(work: Promise<unknown>): Promise<string> {
    return work.then(
      () => 'taken',
      (err: { kind?: string }) => err.kind ?? String(err),
    );
  }

  it('takes a small body into memory, and gives the memory back', async () => {
    const own = deps();
    const body = await takeBody(own, await sent('hello'));
    expect(body).to.deep.equal({ kind: 'memory', bytes: Buffer.from('hello'), sha256: sha256('hello') });
    expect(own.memory.inUse).to.equal(5);
    discardBody(own, body);
    expect(own.memory.inUse).to.equal(0);
  });

  it('takes a large body into a file that nobody else sees', async () => {
    const own = deps();
    const bytes = Buffer.alloc(90_000, 'x');
    const body = await takeBody(own, await sent(bytes));
    if (body.kind !== 'file') throw new Error(body.kind);
    expect({ sha256: body.sha256, inUse: own.memory.inUse }).to.deep.equal({
      sha256: sha256(bytes),
      inUse: 0,
    });
    expect(await readdir(folder)).to.deep.equal([]);
    const pieces: Buffer[] = [];
    for await (const piece of body.file.read()) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(bytes)).to.equal(true);
    discardBody(own, body);
  });

  it('uses files for small bodies too when the memory of all is used up', async () => {
    const own = deps();
    own.memory.inUse = 1400;
    const body = await takeBody(own, await sent(Buffer.alloc(200, 'x')));
    expect(body.kind).to.equal('file');
    discardBody(own, body);
    expect(own.memory.inUse).to.equal(1400);
  });

  it('refuses what is larger than a file may be, and what all files together may be', async () => {
    const own = deps();
    expect(await refusal(takeBody(own, await sent(Buffer.alloc(100_001))))).to.equal('body-too-large');
    const one = await takeBody(own, await sent(Buffer.alloc(90_000)));
    expect(await refusal(takeBody(own, await sent(Buffer.alloc(90_000))))).to.equal('body-too-large');
    discardBody(own, one);
    const again = await takeBody(own, await sent(Buffer.alloc(90_000)));
    expect(again.kind).to.equal('file');
    discardBody(own, again);
  });

  it('holds a body that declares its hash against it', async () => {
    const own = deps();
    const payload = { kind: 'declared', sha256: sha256('hello') } as const;
    expect((await takeBody(own, await sent('hello', { payload }))).kind).to.equal('memory');
    const inUse = own.memory.inUse;
    expect(await refusal(takeBody(own, await sent('hellO', { payload })))).to.equal('payload-hash-mismatch');
    expect(own.memory.inUse).to.equal(inUse);
  });

  it('leaves a large body that declares its hash on the wire, and any that nothing is said of', async () => {
    const declared = { kind: 'declared', sha256: sha256('') } as const;
    expect(await takeBody(deps(), await sent(Buffer.alloc(2000), { payload: declared }))).to.deep.equal({
      kind: 'stream',
    });
    expect(await takeBody(deps(), await sent('hello', { payload: { kind: 'unsigned' } }))).to.deep.equal({
      kind: 'stream',
    });
  });

  it('finds the names of the call in a form that is too large for memory', async () => {
    const body = await takeBody(deps(), await sent(`RawMessage=${'x'.repeat(5000)}&Action=SendRawEmail`));
    if (body.kind !== 'file') throw new Error(body.kind);
    expect(body.actions).to.deep.equal(['SendRawEmail']);
    body.file.discard();
  });

  it('says when the client went away in its body, and gives everything back', async () => {
    const own = deps();
    const cut = await sent('hel', { framing: { kind: 'length', bytes: 5 } });
    expect(await refusal(takeBody(own, cut))).to.equal('client-gone');
    expect(own.memory.inUse).to.equal(0);
  });
});
