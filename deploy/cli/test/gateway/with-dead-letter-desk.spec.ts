// `dead-letters` at the broker of the gateway that runs here, which this process stands for.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestVirtualHost, testServers } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { writeRunningGateway } from '../../src/gateway/running-gateway.ts';
import { runCli } from '../commands/run-cli.ts';

describe('withDeadLetterDesk', function () {
  this.timeout(60_000);

  it('trusts the authority that the running gateway was told of', async function () {
    const { amqpsUrl, certificateFile } = await testServers();
    if (!amqpsUrl || !certificateFile) return this.skip();
    const host = await createTestVirtualHost();
    const dataDir = await mkdtemp(path.join(tmpdir(), 'cli-desk-'));
    const url = new URL(amqpsUrl);
    url.pathname = host.name;
    await writeRunningGateway(dataDir, {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      services: [],
      adminUrl: 'http://127.0.0.1:9',
      databaseUrl: 'mysql://x',
      amqpUrl: url.href,
      amqpCaFile: certificateFile,
      masterKeyFile: path.join(dataDir, 'master.key'),
    });

    const { status, stderr } = await runCli(['dead-letters', 'list'], { GATEWAY_DATA_DIR: dataDir });

    expect(status, stderr).to.equal(0);
    await rm(dataDir, { recursive: true });
    await host.remove();
  });
});
