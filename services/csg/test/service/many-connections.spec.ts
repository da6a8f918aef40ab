// A thousand connections at once, most of them of clients that behave badly.
import type { Socket } from 'node:net';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { heapBytes, openFiles } from './resources.ts';
import { bytesOf, drafts, headOf, sign } from './signed-request.ts';
import { startProxy, type TestProxy } from './start-proxy.ts';
import { askForTunnel, openSocket, type TunnelClient } from './tunnel-client.ts';

const { json, s3 } = drafts;
const kinds = [
  'idle',
  'nothing said',
  'dripping CONNECT',
  'half a handshake',
  'dripping head',
  'dripping body',
] as const;
type Kind = (typeof kinds)[number];

describe('a thousand connections', function () {
  this.timeout(serverStartTimeoutMs);
  let proxy: TestProxy;

  before(async () => {
    proxy = await startProxy({
      settings: {
        GATEWAY_CSG_OPENING_TIMEOUT_MS: '4000',
        GATEWAY_CSG_HEAD_TIMEOUT_MS: '4000',
        GATEWAY_CSG_IDLE_TIMEOUT_MS: '4000',
        GATEWAY_CSG_KEEP_ALIVE_MS: '600000',
      },
    });
  });
  after(async () => {
    await proxy?.stop();
  });

  it('hold, while calls go on; the dripping ones are cut at their deadlines; nothing is left', async () => {
    const callers = await Promise.all(Array.from({ length: 20 }, () => proxy.connect(json.host)));
    await callAll(callers);
    const before = { files: openFiles(), heap: heapBytes() };

    const held = { ...emptyGroups() };
    for (let i = 0; i < 980; i += 20) {
      await Promise.all(
        Array.from({ length: 20 }, async (_, number) => {
          const kind = kinds[(i + number) % kinds.length] as Kind;
          held[kind].push(await open(kind));
        }),
      );
    }
    const all = Object.values(held).flat();
    expect(all).to.have.length(980);
    const drip = setInterval(() => {
      for (const { sockets, drop } of [
        held['dripping CONNECT'],
        held['dripping head'],
        held['dripping body'],
      ].flat()) {
        if (sockets.every((socket) => socket.writable)) drop?.();
      }
    }, 250);
    try {
      // As long as the bad ones are there, and longer: every call is answered.
      await eventually(
        async () => {
          await callAll(callers);
          for (const kind of kinds) {
            if (kind !== 'idle')
              expect(
                held[kind].filter(({ isClosed }) => !isClosed()),
                kind,
              ).to.have.length(0);
          }
          return true;
        },
        { timeoutMs: 30_000, intervalMs: 50 },
      );
    } finally {
      clearInterval(drip);
    }
    expect(
      held.idle.every(({ isClosed }) => !isClosed()),
      'idle ones may stay',
    ).to.equal(true);
    expect(proxy.upstream.requests.filter(({ method }) => method === 'PUT')).to.have.length(0);

    for (const { sockets } of all) for (const socket of sockets) socket.destroy();
    await eventually(() => expect(openFiles()).to.be.at.most(before.files + 10));
    held.idle.length = all.length = 0;
    await eventually(() => expect(heapBytes() - before.heap).to.be.below(20_000_000));
    await callAll(callers);
    for (const caller of callers) caller.close();
    expect(proxy.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });

  it('are refused beyond the limit, by a sentence where the client reads one', async () => {
    const small = await startProxy({ settings: { GATEWAY_CSG_CONNECTIONS_PER_CLIENT_MAX: '5' } });
    try {
      const callers = await Promise.all(Array.from({ length: 5 }, () => small.connect(json.host)));
      const socket = await openSocket(small.port);
      let text = '';
      socket.on('data', (bytes: Buffer) => {
        text += bytes.toString('latin1');
      });
      socket.write(`CONNECT ${json.host}:443 HTTP/1.1\r\n\r\n`);
      await eventually(() => socket.destroyed);
      expect(text).to.match(/^HTTP\/1\.1 503 .*Too many connections/s);
      callers.pop()?.close();
      const next = await eventually(() => small.connect(json.host));
      for (const caller of [...callers, next]) caller.close();
    } finally {
      await small.stop();
    }
  });

  async function callAll(callers: readonly TunnelClient[]): Promise<void> {
    await Promise.all(
      callers.map(async (caller) => {
        caller.send(bytesOf(sign(json, proxy.key)));
        expect((await caller.answer()).status).to.equal(200);
      }),
    );
  }

  /** One bad client. */
  async function open(kind: Kind): Promise<Held> {
    switch (kind) {
      case 'nothing said':
        return held(await openSocket(proxy.port));
      case 'dripping CONNECT': {
        const socket = await openSocket(proxy.port);
        socket.write('CONN');
        return held(socket, () => socket.write('E'));
      }
      case 'half a handshake': {
        const socket = await openSocket(proxy.port);
        await askForTunnel(socket, json.host);
        socket.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01]));
        return held(socket);
      }
      case 'idle': {
        const client = await proxy.connect(json.host);
        return held(client.tls);
      }
      case 'dripping head': {
        const client = await proxy.connect(json.host);
        client.send('POST / HTTP/1.1\r\nhost: ');
        return held(client.tls, () => client.send('a'));
      }
      case 'dripping body': {
        const client = await proxy.connect(s3.host);
        client.send(headOf(sign({ ...s3, body: Buffer.alloc(600_000) }, proxy.key)));
        // Whoever drips into a body is slow but alive: falling silent is what is cut.
        return held(client.tls);
      }
    }
  }
});

interface Held {
  readonly sockets: readonly Socket[];
  readonly drop: (() => void) | undefined;
  isClosed(): boolean;
}

function held(socket: Socket, drop?: () => void): Held {
  let isClosed = false;
  socket.on('data', () => undefined);
  for (const event of ['end', 'close', 'error'] as const) {
    socket.on(event, () => {
      isClosed = true;
    });
  }
  return { sockets: [socket], drop, isClosed: () => isClosed };
}

function emptyGroups(): Record<Kind, Held[]> {
  return {
    idle: [],
    'nothing said': [],
    'dripping CONNECT': [],
    'half a handshake': [],
    'dripping head': [],
    'dripping body': [],
  };
}
