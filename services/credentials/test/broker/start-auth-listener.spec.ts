import { systemClock as clock } from '@cloud-gateway/clock';
import { eventually, loggerTo } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { IdentifyDeps } from '../../src/broker/identify-broker-user.ts';
import { startAuthListener } from '../../src/broker/start-auth-listener.ts';

describe('startAuthListener', () => {
  const warnings: string[] = [];
  const log = loggerTo(({ level, message }) => {
    if (level === 'warn') warnings.push(message);
  });
  // Nothing is looked up for a question about a virtual host.
  const nothing = { store: {}, loginFailures: {}, auditedFailures: {} } as unknown as IdentifyDeps;
  const common = { ...nothing, clock, log, virtualHost: '/', tls: undefined, retryMs: 5 };
  const start = (port: number) => startAuthListener({ ...common, host: '127.0.0.1', port });
  const ask = async (port: number | undefined, init: RequestInit = {}) => {
    const body = new URLSearchParams({ username: 'x', vhost: '/', tags: 'gateway_client' });
    const response = await fetch(`http://127.0.0.1:${port}/broker/vhost`, { method: 'POST', body, ...init });
    return `${response.status} ${await response.text()}`;
  };

  it('waits for a port that another process has, and takes it over', async () => {
    const first = await start(0);
    const port = first.port();
    const second = await start(port ?? 0);

    expect(second.port()).to.equal(undefined);
    expect(warnings.join()).to.contain('another process has the port');
    expect(await ask(port)).to.equal('200 allow');
    await first.stop();
    await eventually(() => second.port() === port);
    expect(await ask(port)).to.equal('200 allow');
    await second.stop();
  });

  it('rejects an address that is not of this machine', async () => {
    const failure: unknown = await startAuthListener({ ...common, host: '203.0.113.1', port: 0 }).catch(
      (err: unknown) => err,
    );

    expect(failure).to.have.property('code', 'EADDRNOTAVAIL');
  });

  it('says which method it wants', async () => {
    const listener = await start(0);

    expect(await ask(listener.port(), { method: 'PUT' })).to.equal('405 set auth_http.http_method = post');
    await listener.stop();
  });

  it('can be stopped while it waits', async () => {
    const first = await start(0);
    const second = await start(first.port() ?? 0);
    await second.stop();
    await first.stop();
  });
});
