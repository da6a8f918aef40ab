import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import {
  forgetRunningGateway,
  readRunningGateway,
  writeRunningGateway,
} from '../../src/gateway/running-gateway.ts';

const gateway = {
  pid: process.pid,
  startedAt: '2026-01-01T00:00:00.000Z',
  services: ['edge'],
  edgeUrl: 'http://127.0.0.1:1',
  adminUrl: 'http://127.0.0.1:2',
  databaseUrl: 'mysql://a',
  amqpUrl: 'amqp://a',
  masterKeyFile: '/key',
};

describe('gateway.json', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cli-running-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read as it was written, by its owner only, and goes', async () => {
    await writeRunningGateway(folder, gateway);

    expect(await readRunningGateway(folder)).to.deep.equal(gateway);
    expect(statSync(path.join(folder, 'gateway.json')).mode & 0o777).to.equal(0o600);
    await forgetRunningGateway(folder);
    expect(readdirSync(folder)).to.deep.equal([]);
    expect(await readRunningGateway(folder)).to.equal(undefined);
  });

  it('says nothing of a process that has died', async () => {
    await writeRunningGateway(folder, { ...gateway, pid: neverUsed });
    expect(await readRunningGateway(folder)).to.equal(undefined);
  });

  it('says nothing when it is damaged', async () => {
    writeFileSync(path.join(folder, 'gateway.json'), '{"pid":');
    expect(await readRunningGateway(folder)).to.equal(undefined);
  });

  it("stays when it is another process's", async () => {
    await writeRunningGateway(folder, { ...gateway, pid: process.ppid });
    await forgetRunningGateway(folder);
    expect(await readRunningGateway(folder)).to.include({ pid: process.ppid });
  });
});

/** Above the highest pid_max of Linux. */
const neverUsed = 2 ** 22 + 1;
