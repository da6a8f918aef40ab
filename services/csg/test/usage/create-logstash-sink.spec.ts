import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Logger } from '@cloud-gateway/runtime';
import { eventually, silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import {
  createLogstashSink,
  type LogstashSink,
  type LogstashSinkDeps,
} from '../../src/usage/create-logstash-sink.ts';

describe('the logstash sink', () => {
  const cleanUps: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startLogstash({ port = 0, reads = true } = {}) {
    const sockets = new Set<Socket>();
    let received = '';
    const server: Server = createServer({ pauseOnConnect: !reads }, (socket) => {
      sockets.add(socket);
      socket.setEncoding('utf8');
      socket.on('error', () => undefined);
      if (reads) socket.on('data', (text) => (received += text));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const stop = async () => {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    };
    cleanUps.push(stop);
    return {
      port: (server.address() as AddressInfo).port,
      stop,
      connections: () => sockets.size,
      lines: () => received.split('\n').slice(0, -1),
    };
  }

  function openSink(port: number, deps: Partial<LogstashSinkDeps> = {}) {
    const counted = { lost: 0 };
    const sink: LogstashSink = createLogstashSink({
      host: '127.0.0.1',
      port,
      log: silentLog,
      reportLoss(count) {
        counted.lost += count;
      },
      flushMs: 5,
      ...deps,
    });
    cleanUps.push(() => sink.stop());
    return { sink, counted };
  }

  it('sends every line, also the last ones at the end', async () => {
    const logstash = await startLogstash();
    const { sink, counted } = openSink(logstash.port);
    for (let n = 0; n < 1000; n += 1) sink.write(`{"n":${n}}`);

    await sink.stop();

    await eventually(() => logstash.lines().length === 1000);
    expect(logstash.lines()[999]).to.equal('{"n":999}');
    expect(counted.lost).to.equal(0);
  });

  it('connects again, and sends what has waited', async () => {
    const first = await startLogstash();
    const warnings: string[] = [];
    const log: Logger = { ...silentLog, warn: (message) => warnings.push(message) };
    const { sink, counted } = openSink(first.port, { log });
    sink.write('before');
    await eventually(() => first.lines().length === 1);
    await first.stop();
    // What is written before that is noticed goes into the broken connection.
    await eventually(() => warnings.includes('the connection to logstash has ended'));

    sink.write('during');
    const second = await startLogstash({ port: first.port });
    sink.write('after');

    await eventually(() => second.lines().includes('after'));
    expect(second.lines()).to.include('during');
    expect(counted.lost).to.equal(0);
  });

  it('drops the oldest when logstash takes nothing', async () => {
    const logstash = await startLogstash({ reads: false });
    const { sink, counted } = openSink(logstash.port, { waitingMax: 10_000_000, stopDeadlineMs: 50 });
    await eventually(() => logstash.connections() === 1);
    let written = 0;

    await eventually(
      () => {
        for (let n = 0; n < 100; n += 1, written += 1) sink.write('x'.repeat(9999));
        return counted.lost > 0;
      },
      { intervalMs: 5 },
    );
    await sink.stop();

    expect(counted.lost).to.be.at.most(written);
  });

  it('stops in time when logstash is not there, and says what was lost', async () => {
    const logstash = await startLogstash();
    await logstash.stop();
    const { sink, counted } = openSink(logstash.port, { stopDeadlineMs: 50 });
    sink.write('a');
    sink.write('b');

    await sink.stop();

    expect(counted.lost).to.equal(2);
  });
});
