import { expect } from 'chai';
import { createHealth } from '../../src/health/create-health.ts';

describe('createHealth', () => {
  it('is ready only while serving, and live all the time', async () => {
    const health = createHealth();
    expect(await health.ready()).to.deep.equal({ ok: false, checks: { process: 'starting' } });

    health.serving();
    expect(await health.ready()).to.deep.equal({ ok: true, checks: { process: 'ok' } });

    health.draining();
    expect(await health.ready()).to.deep.equal({ ok: false, checks: { process: 'draining' } });
    expect(await health.live()).to.deep.equal({ ok: true, checks: {} });
  });

  it('does not serve again after draining', () => {
    const health = createHealth();
    health.draining();

    health.serving();

    expect(health.state).to.equal('draining');
  });

  it('tells for each check why it fails', async () => {
    const health = createHealth();
    health.serving();
    health.add('fine', () => true);
    health.add('no', async () => false);
    health.add('reason', async () => 'queue is full');
    health.add('thrown', () => {
      throw new Error('connect amqp://gateway:hunter2@broker failed');
    });

    const { ok, checks } = await health.ready();

    expect(ok).to.equal(false);
    expect(checks).to.deep.equal({
      process: 'ok',
      fine: 'ok',
      no: 'failed',
      reason: 'queue is full',
      thrown: 'connect amqp://gateway:[secret]@broker failed',
    });
  });

  it('bounds a check that does not answer', async () => {
    const health = createHealth({ checkTimeoutMs: 10 });
    health.add('stuck', () => new Promise<boolean>(() => {}));

    expect((await health.ready()).checks).to.include({ stuck: 'no answer within 10 ms' });
  });

  it('stays live when a check for readiness fails, and not when one for liveness does', async () => {
    const health = createHealth();
    health.add('broker', () => false);
    expect((await health.live()).ok).to.equal(true);

    health.add('loop', () => 'event loop is stuck', 'live');
    expect(await health.live()).to.deep.equal({ ok: false, checks: { loop: 'event loop is stuck' } });
  });
});
