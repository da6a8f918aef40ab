import { expect } from 'chai';
import { createHealth } from '../../src/health/create-health.ts';
import { type AdminServer, startAdminServer } from '../../src/health/start-admin-server.ts';
import { createLogger } from '../../src/logging/create-logger.ts';
import { createMetrics } from '../../src/metrics/create-metrics.ts';
import { captureLog } from '../logging/captured-log.ts';

describe('startAdminServer', () => {
  const health = createHealth();
  const metrics = createMetrics({ service: 'edge' });
  const captured = captureLog();
  const log = createLogger({ service: 'edge', destination: captured.destination });
  let admin: AdminServer;

  before(async () => {
    admin = await startAdminServer({ host: '127.0.0.1', port: 0, health, metrics, log });
  });
  after(() => admin.stop());

  it('says where it listens', () => {
    expect(admin.url).to.equal(`http://127.0.0.1:${admin.port}`);
    expect(admin.port).to.be.above(0);
  });

  it('answers /readyz with 503 before serving and 200 after', async () => {
    const before = await fetch(`${admin.url}/readyz`);
    expect(before.status).to.equal(503);
    expect(await before.json()).to.deep.equal({ ok: false, checks: { process: 'starting' } });

    health.serving();
    const after = await fetch(`${admin.url}/readyz?verbose`);
    expect(after.status).to.equal(200);
    expect(after.headers.get('content-type')).to.equal('application/json');
    expect(await after.json()).to.deep.equal({ ok: true, checks: { process: 'ok' } });
  });

  it('answers /livez', async () => {
    const response = await fetch(`${admin.url}/livez`);

    expect(response.status).to.equal(200);
    expect(await response.json()).to.deep.equal({ ok: true, checks: {} });
  });

  it('answers /metrics with the page for Prometheus', async () => {
    metrics.counter('x_total', 'X.').inc();

    const response = await fetch(`${admin.url}/metrics`);

    expect(response.headers.get('content-type')).to.match(/^text\/plain/);
    expect(await response.text()).to.contain('x_total{service="edge"} 1');
  });

  it('answers HEAD without a body', async () => {
    const response = await fetch(`${admin.url}/livez`, { method: 'HEAD' });

    expect([response.status, await response.text()]).to.deep.equal([200, '']);
  });

  it('knows no other path', async () => {
    for (const path of ['/', '/livez/', '/toString', '/__proto__']) {
      expect((await fetch(admin.url + path)).status, path).to.equal(404);
    }
  });

  it('allows no other method', async () => {
    const response = await fetch(`${admin.url}/livez`, { method: 'POST', body: 'x' });

    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
  });

  it('answers 500 and logs when a page fails', async () => {
    metrics.gauge('broken', 'Broken.', [], () => {
      throw new Error('collect failed');
    });

    const response = await fetch(`${admin.url}/metrics`);

    expect(response.status).to.equal(500);
    expect(await captured.text()).to.contain('collect failed');
  });

  it('says which port is taken', async () => {
    const second = startAdminServer({ host: '127.0.0.1', port: admin.port, health, metrics, log });

    const err: unknown = await second.catch((reason: unknown) => reason);
    expect(err)
      .to.be.instanceOf(Error)
      .with.property('message')
      .that.contains(`127.0.0.1:${admin.port}`)
      .and.contains('EADDRINUSE');
  });
});
