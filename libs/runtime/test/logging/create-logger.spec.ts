import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { GatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { createLogger } from '../../src/logging/create-logger.ts';
import { captureLog } from './captured-log.ts';

const now = (): Date => new Date('2026-11-22T10:00:00.123Z');

describe('createLogger', () => {
  it('writes one line of JSON with time, level, service, message and flat fields', async () => {
    const { destination, text } = captureLog();

    createLogger({ service: 'edge', destination, now }).info('request done', { status: 200, durationMs: 12 });

    expect(await text()).to.equal(
      '{"time":"2026-11-22T10:00:00.123Z","level":"info","service":"edge","message":"request done","status":200,"durationMs":12}\n',
    );
  });

  it('leaves out what is below its level', async () => {
    const { destination, lines } = captureLog();
    const log = createLogger({ service: 'edge', level: 'warn', destination });

    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');

    expect((await lines()).map(({ message }) => message)).to.deep.equal(['c', 'd']);
  });

  it("adds a child's fields to every line, the nearest winning", async () => {
    const { destination, lines } = captureLog();
    const log = createLogger({ service: 'edge', destination })
      .child({ requestId: 'r1', step: 1 })
      .child({ step: 2 });

    log.info('done', { code: 'ok' });

    expect((await lines())[0]).to.include({ requestId: 'r1', step: 2, code: 'ok' });
  });

  it('writes an error with its code, stack, causes and the detail that is for the log', async () => {
    const { destination, lines } = captureLog();
    const cause = Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' });
    const err = new GatewayError('unavailable', {
      message: 'try later',
      detail: 'the broker is away',
      cloud: { code: 'Throttling' },
      cause,
    });

    createLogger({ service: 'edge', destination }).error('request failed', { err });

    const [line] = await lines();
    expect(line)
      .to.have.property('err')
      .that.deep.includes({
        name: 'GatewayError',
        code: 'unavailable',
        message: 'try later',
        detail: 'the broker is away',
        cloud: { code: 'Throttling' },
      });
    expect(line).to.have.nested.property('err.stack').that.contains('create-logger.spec');
    expect(line).to.have.nested.property('err.cause.code', 'ECONNREFUSED');
  });

  it('ends a chain of causes that leads back to itself', async () => {
    const { destination, lines } = captureLog();
    const err = new Error('a');
    err.cause = new Error('b', { cause: err });

    createLogger({ service: 'edge', destination }).error('odd', { err });

    expect((await lines())[0]).to.have.nested.property('err.cause.cause.message', 'a');
  });

  it('keeps its own keys when a field has the name of one', async () => {
    const { destination, lines } = captureLog();

    createLogger({ service: 'edge', destination }).info('hello', {
      message: 'other',
      level: 'x',
      time: 1,
      service: 's',
    });

    expect((await lines())[0]).to.include({
      message: 'hello',
      message_: 'other',
      level: 'info',
      level_: 'x',
      service: 'edge',
    });
  });

  it('never throws, whatever the fields hold', async () => {
    const { destination, lines } = captureLog();
    const log = createLogger({ service: 'edge', destination });
    const cyclic: { self?: object } = {};
    cyclic.self = { again: cyclic };
    const hostile = {
      get boom(): string {
        throw new TypeError('no');
      },
    };

    log.info('cyclic', { ...cyclic });
    log.info('hostile', { hostile, n: 1 });
    log.child(hostile).info('hostile itself');
    log.info('odd', {
      a: 1n,
      b: Symbol('x'),
      c: () => 1,
      d: new Date(Number.NaN),
      e: undefined,
      f: Object.create(null),
    });

    expect((await lines()).map(({ message }) => message)).to.deep.equal([
      'cyclic',
      'hostile',
      'hostile itself',
      'odd',
    ]);
    expect((await lines())[0]).to.have.nested.property('self.again.self', '[cycle]');
    expect((await lines())[1]).to.include({ hostile: '[unreadable: TypeError]', n: 1 });
    expect((await lines())[2]).to.have.property('unprintable', 'TypeError');
  });

  it('goes on when its destination is gone', async () => {
    const destination = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    const log = createLogger({ service: 'edge', destination });

    log.info('one');
    await setImmediate();
    log.info('two');
    await setImmediate();
  });

  it('writes every line of a burst, in order', async () => {
    const { destination, lines } = captureLog();
    const log = createLogger({ service: 'edge', destination });

    for (let n = 0; n < 2000; n += 1) log.info('burst', { n });

    expect((await lines()).map(({ n }) => n)).to.deep.equal(Array.from({ length: 2000 }, (_, n) => n));
  });

  describe('when pretty', () => {
    it('writes one short line', async () => {
      const { destination, text } = captureLog();
      const err = new Error('query failed', { cause: new Error('deadlock') });

      createLogger({ service: 'edge', format: 'pretty', destination, now }).warn('slow', {
        ms: 5,
        path: '/v1/x',
        err,
      });

      expect(await text()).to.equal(
        '10:00:00.123 WARN  edge          slow ms=5 path=/v1/x err="Error: query failed ← Error: deadlock"\n',
      );
    });

    it('lets nobody move the cursor', async () => {
      const { destination, text } = captureLog();

      createLogger({ service: 'edge', format: 'pretty', destination }).info('a\u001b[2J\nb', {
        agent: 'x\u001b[2Jy',
      });

      expect(await text()).to.match(/^[\x20-\x7e]+\n$/);
    });
  });
});
