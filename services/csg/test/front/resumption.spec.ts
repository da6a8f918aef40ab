// TLS sessions are resumed by whichever process a connection comes to.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runCommand, type SpawnedService, spawnService } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { hasProgram } from '../certificates/has-program.ts';
import { temporaryFolder } from '../certificates/temporary-folder.ts';
import { ask, RawClient } from './raw-client.ts';
import { awsHost } from './test-front.ts';

describe('TLS resumption across processes', function () {
  this.timeout(60_000);
  const at = temporaryFolder();
  let services: SpawnedService[];
  let ports: number[];

  beforeEach(async () => {
    // At once, and without a root: they make one together.
    services = await Promise.all(['one', 'two'].map((name) => startServer(`csg front ${name}`)));
    ports = services.map(({ lines }) => Number(/^port (\d+)$/m.exec(lines.join('\n'))?.[1]));
  });
  afterEach(() => Promise.all(services.map((service) => service.kill())));

  function startServer(name: string): Promise<SpawnedService> {
    const entry = fileURLToPath(new URL('./resumption-server.js', import.meta.url));
    const ready = { logLine: (line: string) => line.startsWith('port ') };
    return spawnService({ entry, args: [at('root.crt'), at('root.key')], env: {}, name, ready });
  }

  for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
    it(`resumes sessions of the other one, with ${maxVersion}`, async () => {
      const ca = await readFile(at('root.crt'));
      let session: Buffer | undefined;
      let resumed = 0;
      const rounds = 40;
      for (let round = 0; round <= rounds; round += 1) {
        const client = await RawClient.connect(ports[round % 2] as number, awsHost);
        const socket = await client.startTls({ servername: awsHost, ca, maxVersion, session });
        if (socket.isSessionReused()) resumed += 1;
        ({ session } = await ask(socket));
        socket.destroy();
      }
      expect(resumed / rounds).to.be.at.least(0.95);
    });
  }

  it('resumes sessions of the other one for OpenSSL', async function () {
    if (!hasProgram('openssl')) this.skip();
    const client = (port: number, ...args: string[]) => {
      const proxy = ['-proxy', `127.0.0.1:${port}`, '-connect', `${awsHost}:443`, '-servername', awsHost];
      const input = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
      return runCommand('openssl', ['s_client', ...proxy, '-CAfile', at('root.crt'), ...args], { input });
    };
    await writeFile(at('session'), '');
    const first = await client(ports[0] as number, '-tls1_2', '-sess_out', at('session'));
    expect(first.stdout).to.match(/^New, TLSv1\.2/m);
    expect(first.stdout).to.contain('Verify return code: 0 (ok)');
    const second = await client(ports[1] as number, '-tls1_2', '-sess_in', at('session'));
    expect(second.stdout).to.match(/^Reused, TLSv1\.2/m);
  });
});
