// The proxy's processes come and go: told to stop under load, killed, several behind one port.
import { readdirSync, readFileSync } from 'node:fs';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { answerOk, type RecordingUpstream, startRecordingUpstream } from './recording-upstream.ts';
import { bytesOf, drafts, sign } from './signed-request.ts';
import { type SpawnedProxy, spawnProxy } from './spawn-proxy.ts';
import { createGround, type Ground, type SeededKey } from './start-proxy.ts';
import type { TunnelClient } from './tunnel-client.ts';

const { json, s3Get } = drafts;

describe('a process of the proxy', function () {
  this.timeout(serverStartTimeoutMs);
  let ground: Ground;
  let upstream: RecordingUpstream;
  let key: SeededKey;
  const proxies: SpawnedProxy[] = [];

  before(async () => {
    ground = await createGround();
    upstream = await startRecordingUpstream();
  });
  beforeEach(async () => {
    upstream.forget();
    upstream.reply = answerOk;
    key = await ground.seedKey();
  });
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.kill();
  });
  after(async () => {
    await upstream?.stop();
    await ground?.remove();
  });

  async function spawn(settings: Record<string, string> = {}): Promise<SpawnedProxy> {
    const proxy = await spawnProxy({ ground, upstream, settings });
    proxies.push(proxy);
    return proxy;
  }

  it('that is told to stop finishes its calls, stores every record, and ends', async () => {
    const proxy = await spawn();
    upstream.reply = (request, socket) => void setTimeout(() => answerOk(request, socket), 30);
    const load = startLoad(proxy, key, 24);
    await eventually(() => load.answered() > 200);

    // One is in the middle of an answer that takes a while.
    const slow = await proxy.connect(s3Get.host);
    let sendRest = (): void => undefined;
    const quickReply = upstream.reply;
    upstream.reply = (request, socket) => {
      if (request.method !== 'GET') return quickReply(request, socket);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst');
      sendRest = () => void socket.write('later');
    };
    slow.send(bytesOf(sign(s3Get, key)));
    await eventually(() => slow.unread.includes('first'));

    const exit = proxy.stop(25_000);
    await load.ended();
    sendRest();
    expect((await slow.answer()).text).to.equal('firstlater');
    expect(await exit).to.deep.equal({ status: 0, signal: null });

    const answered = load.answered() + 1;
    const stored = (await ground.storedCalls(key, answered)).filter(({ outcome }) => outcome === 'answered');
    expect(stored.length).to.equal(answered);
    expect(upstream.requests.length, 'nothing was begun and not finished').to.equal(answered);
    expect(proxy.lines.filter((line) => line.includes('"level":"error"'))).to.deep.equal([]);
  });

  it('among several is replaced when it dies; the others serve on', async () => {
    const proxy = await spawn({ GATEWAY_CSG_WORKERS: '2' });
    const workers = await eventually(() => {
      const found = childrenOf(proxy.pid);
      return found.length === 2 && listening(proxy) >= 2 && found;
    });
    const [victim] = workers as [number];
    await expectResumption(proxy);
    const before = await connections(proxy, 12);
    expect(await askAll(before), 'answers before').to.equal(12);

    process.kill(victim, 'SIGKILL');
    await eventually(
      () => before.some(({ ended }) => ended !== undefined) || childrenOf(proxy.pid).length === 1,
    );
    // New connections are taken all the time: the port is the other one's as well.
    const during = await connections(proxy, 12);
    expect(await askAll(during), 'answers meanwhile').to.equal(12);
    await eventually(() => listening(proxy) >= 3 && childrenOf(proxy.pid).length === 2, {
      timeoutMs: 20_000,
    });
    expect(childrenOf(proxy.pid)).to.not.include(victim);
    const later = await connections(proxy, 12);
    expect(await askAll(later), 'answers afterwards').to.equal(12);
    for (const client of [...before, ...during, ...later]) client.close();
    expect(await proxy.stop(25_000)).to.deep.equal({ status: 0, signal: null });
  });

  it('resumes the TLS sessions of another', async () => {
    const one = await spawn();
    const other = await spawn();
    const client = await one.connect(json.host);
    client.send(bytesOf(sign(json, key)));
    await client.answer();
    const session = await eventually(() => client.session);
    client.close();
    const resumed = await other.connect(json.host, { session });
    expect(resumed.tls.isSessionReused()).to.equal(true);
    resumed.send(bytesOf(sign(json, key)));
    expect((await resumed.answer()).status).to.equal(200);
    resumed.close();
    for (const proxy of [one, other]) expect(await proxy.stop()).to.deep.equal({ status: 0, signal: null });
  });

  /** A session of one connection is good for all others, whichever worker they come to. */
  async function expectResumption(proxy: SpawnedProxy): Promise<void> {
    const [first] = (await connections(proxy, 1)) as [TunnelClient];
    expect(await askAll([first])).to.equal(1);
    const session = await eventually(() => first.session);
    first.close();
    for (let i = 0; i < 12; i += 1) {
      const client = await proxy.connect(json.host, { session });
      expect(client.tls.isSessionReused()).to.equal(true);
      client.close();
    }
  }

  function connections(proxy: SpawnedProxy, count: number): Promise<TunnelClient[]> {
    return Promise.all(Array.from({ length: count }, () => proxy.connect(json.host)));
  }

  /** Gives how many were answered. */
  async function askAll(clients: readonly TunnelClient[]): Promise<number> {
    const answers = await Promise.all(
      clients.map((client) => {
        client.send(bytesOf(sign(json, key)));
        return client.answer().catch(() => undefined);
      }),
    );
    return answers.filter((answer) => answer?.status === 200).length;
  }
});

/** So many clients, each with one call after the other until its connection ends. */
function startLoad(proxy: SpawnedProxy, key: SeededKey, clients: number) {
  let answered = 0;
  const all = Promise.all(
    Array.from({ length: clients }, async () => {
      const client = await proxy.connect(json.host);
      try {
        for (;;) {
          client.send(bytesOf(sign(json, key)));
          expect((await client.answer()).status).to.equal(200);
          answered += 1;
        }
      } catch (err) {
        if (client.ended === undefined) throw err;
      } finally {
        client.close();
      }
    }),
  );
  return { answered: () => answered, ended: () => all };
}

/** How many processes have said so far that they listen. */
function listening(proxy: SpawnedProxy): number {
  return proxy.lines.filter((line) => line.includes('"message":"the proxy listens"')).length;
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => parentOf(child) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined; // it has just ended
  }
}
