// The service as a process, as an operator runs it.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  createTestDatabase,
  createTestVirtualHost,
  rememberSecret,
  serverStartTimeoutMs,
  spawnService,
  type TestVirtualHost,
  testServers,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';

describe('the credentials process', function () {
  this.timeout(serverStartTimeoutMs);

  it('starts from its environment, becomes ready, and ends cleanly on SIGTERM', async () => {
    const database = await createTestDatabase();
    const virtualHost = await createTestVirtualHost();
    const masterKey = randomBytes(32).toString('base64');
    rememberSecret(masterKey);
    const service = await spawnService({
      name: 'credentials-process',
      entry: fileURLToPath(import.meta.resolve('../src/main.js')),
      env: {
        GATEWAY_DATABASE_URL: database.url,
        ...(await brokerSettings(virtualHost)),
        GATEWAY_MASTER_KEY: masterKey,
        GATEWAY_BROKER_AUTH_PORT: '0',
      },
      ready: { logLine: (line) => line.includes('the admin door is open') },
    });
    const door = service.lines.find((line) => line.includes('the admin door is open')) ?? '{}';

    const ready = await fetch(`${JSON.parse(door).url}/readyz`);

    expect(await ready.json()).to.deep.equal({
      ok: true,
      checks: { process: 'ok', database: 'ok', broker: 'ok' },
    });
    expect((await service.stop()).status).to.equal(0);
    await virtualHost.remove();
    await database.drop();
  });
});

/** Over TLS, as over a network, where the broker can do that. */
async function brokerSettings({ name, url }: TestVirtualHost): Promise<Readonly<Record<string, string>>> {
  const { amqpsUrl, certificateFile } = await testServers();
  if (!amqpsUrl || !certificateFile) return { GATEWAY_AMQP_URL: url };
  const address = new URL(amqpsUrl);
  address.pathname = name;
  return { GATEWAY_AMQP_URL: address.href, GATEWAY_AMQP_CA_FILE: certificateFile };
}
