// The port on which the broker asks, over TLS, as over a network.
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { systemClock as clock } from '@cloud-gateway/clock';
import { readConfig } from '@cloud-gateway/runtime';
import { loggerTo, runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import {
  type BrokerAuthenticationDeps,
  startBrokerAuthentication,
} from '../../src/broker/start-broker-authentication.ts';
import { credentialsConfigSchema } from '../../src/config.ts';

describe('startBrokerAuthentication over TLS', function () {
  this.timeout(30_000);
  let folder: string;
  let files: { readonly cert: string; readonly key: string; readonly otherKey: string };
  let ca: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'broker-auth-'));
    const file = (name: string) => path.join(folder, name);
    files = { cert: file('cert.pem'), key: file('key.pem'), otherKey: file('other.key') };
    const curve = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
    const output = ['-keyout', files.key, '-out', files.cert];
    await run('req', '-x509', '-nodes', '-newkey', ...curve, ...subject, ...output);
    await run('genpkey', '-algorithm', ...curve, '-out', files.otherKey);
    ca = (await runCommand('cat', [files.cert])).stdout;
  });
  after(() => rm(folder, { recursive: true }));

  async function run(...args: string[]): Promise<void> {
    const { status, stderr } = await runCommand('openssl', args);
    expect(status, stderr).to.equal(0);
  }

  const warnings: string[] = [];
  const log = loggerTo(({ level, message }) => {
    if (level === 'warn') warnings.push(message);
  });
  // Nothing is looked up for a question about a virtual host.
  const deps = { store: {}, clock, log } as unknown as BrokerAuthenticationDeps;
  const start = (settings: Readonly<Record<string, string>>) => {
    const config = readConfig(credentialsConfigSchema, {
      GATEWAY_AMQP_URL: 'amqp://broker/gateway',
      GATEWAY_DATABASE_URL: 'mysql://x',
      GATEWAY_MASTER_KEY: 'A'.repeat(44),
      GATEWAY_BROKER_AUTH_PORT: '0',
      ...settings,
    });
    return startBrokerAuthentication(config, deps);
  };

  function ask(port: number | undefined, trusted: string | undefined): Promise<string> {
    const form = new URLSearchParams({ username: 'x', vhost: 'gateway', tags: 'gateway_client' });
    return new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port,
        path: '/broker/vhost',
        method: 'POST',
        agent: false,
        timeout: 5_000,
      };
      const asking = request({ ...options, ...(trusted && { ca: trusted }) }, (response) => {
        text(response).then((answer) => resolve(`${response.statusCode} ${answer}`), reject);
      });
      asking.on('timeout', () => asking.destroy(new Error('no answer')));
      asking.on('error', reject).end(form.toString());
    });
  }

  it('answers those who trust its certificate, and nobody in the clear', async () => {
    const authentication = await start({
      GATEWAY_BROKER_AUTH_CERT_FILE: files.cert,
      GATEWAY_BROKER_AUTH_KEY_FILE: files.key,
    });
    const port = authentication.port();

    expect(await ask(port, ca)).to.equal('200 allow');
    const stranger: unknown = await ask(port, undefined).catch((error: unknown) => error);
    expect(stranger).to.have.property('code', 'DEPTH_ZERO_SELF_SIGNED_CERT');
    const inTheClear: unknown = await fetch(`http://127.0.0.1:${port}/broker/vhost`, {
      method: 'POST',
      signal: AbortSignal.timeout(5_000),
    }).catch((error: unknown) => (error as Error).message);
    expect(inTheClear).to.equal('fetch failed');
    await authentication.stop();
    expect(warnings.join()).not.to.include('in the clear');
  });

  it('warns of passwords in the clear where others can reach it without TLS', async () => {
    const authentication = await start({ GATEWAY_BROKER_AUTH_HOST: '0.0.0.0' });
    await authentication.stop();
    expect(warnings.join()).to.include('in the clear');
  });

  it('says which file is missing or does not fit', async () => {
    const [cert, key] = ['GATEWAY_BROKER_AUTH_CERT_FILE', 'GATEWAY_BROKER_AUTH_KEY_FILE'];
    const refusal = async (settings: Readonly<Record<string, string>>) =>
      String(await start(settings).catch((error: unknown) => error));

    expect(await refusal({ [cert]: files.cert })).to.match(/KEY_FILE.* is needed as well/s);
    expect(await refusal({ [key]: files.key })).to.match(/CERT_FILE.* is needed as well/s);
    expect(await refusal({ [cert]: files.cert, [key]: files.otherKey })).to.include(
      'no key and its certificate',
    );
    expect(await refusal({ [cert]: path.join(folder, 'none'), [key]: files.key })).to.include(
      'cannot be read',
    );
  });
});
