// What the closer of connections must not take for `there is nothing to close`.
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock as clock } from '@cloud-gateway/clock';
import { runCommand, serverStartTimeoutMs, testServers } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createBrokerManagement } from '../../src/broker/broker-management.ts';

describe('createBrokerManagement', function () {
  this.timeout(serverStartTimeoutMs);
  const open = (url: string, virtualHost = '/') => createBrokerManagement({ url, virtualHost, clock });
  const failureOf = async (asked: Promise<unknown>) =>
    String(await asked.catch((error: unknown) => (error as { message: string }).message));

  it('knows nothing of a user and of a connection that are not there', async () => {
    const management = open((await testServers()).managementUrl);
    expect(await management.connectionsOf('cli_nobody')).to.deep.equal([]);
    expect(await management.connectedAtMs('no connection')).to.equal(undefined);
    await management.close('no connection', 'gone');
  });

  it('rejects where there is no such API, or another answers', async () => {
    const { managementUrl } = await testServers();
    const elsewhere = open(`${managementUrl.replace(/\/$/, '')}/elsewhere`);
    expect(await failureOf(elsewhere.connectionsOf('cli_x'))).to.match(
      /answered 404 to GET .*Check GATEWAY_/,
    );
    const policy = { pattern: '^x', 'apply-to': 'queues', priority: 1, definition: { expires: 1 } } as const;
    expect(await failureOf(elsewhere.setOperatorPolicy('x', policy))).to.include('answered');

    const answers = ['<html>Log in</html>', '{"error":"not a list"}'];
    const server = createServer((_, response) => response.end(answers.shift())).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const stranger = open(`http://u:p@127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await failureOf(stranger.connectionsOf('cli_x'))).to.match(/answered no JSON .*Check GATEWAY_/);
    expect(await failureOf(stranger.connectionsOf('cli_x'))).to.match(/answered something else .*Check /);
    server.closeAllConnections();
    server.close();
  });

  it('trusts the authority of the broker when it asks by https, and says so when it lacks it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'broker-management-'));
    const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
    const curve = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
    const output = ['-keyout', key, '-out', cert];
    await runCommand('openssl', ['req', '-x509', '-nodes', '-newkey', ...curve, ...subject, ...output]);
    const tls = { cert: await readFile(cert), key: await readFile(key) };
    const server = createHttpsServer(tls, (_, response) => response.end('[{"name":"c","vhost":"/"}]'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `https://u:p@127.0.0.1:${(server.address() as AddressInfo).port}`;

    const trusting = createBrokerManagement({ url, caFile: cert, virtualHost: '/', clock });
    expect(await trusting.connectionsOf('cli_x')).to.deep.equal(['c']);
    expect(await failureOf(open(url).connectionsOf('cli_x'))).to.match(
      /self-signed certificate.*GATEWAY_AMQP_CA_FILE/,
    );
    const without = createBrokerManagement({ url, caFile: `${cert}.not`, virtualHost: '/', clock });
    expect(await failureOf(without.connectionsOf('cli_x'))).to.match(/no such file.*GATEWAY_AMQP_CA_FILE/);
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
});
