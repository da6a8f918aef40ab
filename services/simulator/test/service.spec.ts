import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { environmentSchema, toSettings } from '../src/environment.ts';
import { start } from '../src/service.ts';
import { send, signCall } from './raw-call.ts';

// Optional: without it the test of HTTPS is skipped.
const certificateMaker = 'openssl';

describe('start', () => {
  it('stops at once, also with a call under way and a connection kept open', async () => {
    const simulator = await start();
    simulator.setFaults([{ kind: 'delay', ms: 600_000, times: 1 }]);
    const pending = send(simulator.url, signCall(simulator.url)).then(
      () => 'answered',
      () => 'cut off',
    );
    await fetch(`${simulator.url}/_simulator/calls`);
    while (simulator.faults().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = performance.now();

    await simulator.stop();

    expect(await pending).to.equal('cut off');
    expect(performance.now() - before).to.be.lessThan(1000);
    await fetch(simulator.url).then(
      () => expect.fail('still open'),
      () => undefined,
    );
  });

  it('says which setting is wrong', async () => {
    const error = await start({ port: 70_000 }).then(
      () => undefined,
      (err: unknown) => err,
    );
    expect(String(error)).to.contain('port');
  });

  it('fails when the port is taken', async () => {
    const first = await start();
    const error = await start({ port: first.port }).then(
      () => undefined,
      (err: unknown) => err,
    );
    expect(error).to.have.property('code', 'EADDRINUSE');
    await first.stop();
  });

  it('speaks HTTPS when it is given a certificate', async function () {
    const directory = mkdtempSync(join(tmpdir(), 'simulator-'));
    const keyFile = join(directory, 'key.pem');
    const certFile = join(directory, 'cert.pem');
    const make = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
    ];
    try {
      execFileSync(
        certificateMaker,
        [...make, '-subj', '/CN=localhost', '-keyout', keyFile, '-out', certFile],
        {
          stdio: 'ignore',
        },
      );
    } catch {
      this.skip();
    }
    const tls = { certPem: readFileSync(certFile, 'utf8'), keyPem: readFileSync(keyFile, 'utf8') };
    const simulator = await start(
      toSettings(
        readConfig(environmentSchema, {
          GATEWAY_SIMULATOR_PORT: '0',
          GATEWAY_SIMULATOR_TLS_CERT_FILE: certFile,
          GATEWAY_SIMULATOR_TLS_KEY_FILE: keyFile,
        }),
      ),
    );

    const status = await new Promise((resolve, reject) => {
      const options = {
        ca: tls.certPem,
        servername: 'localhost',
        checkServerIdentity: () => undefined,
        agent: false,
      } as const;
      get(`${simulator.url}/_simulator/calls`, options, (res) => {
        res.resume();
        res.on('end', () => resolve(res.statusCode));
      }).on('error', reject);
    });

    expect(simulator.url).to.match(/^https:/);
    expect(status).to.equal(200);
    await simulator.stop();
    rmSync(directory, { recursive: true });
  });
});
