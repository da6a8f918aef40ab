import amqp from 'amqplib';
import { expect } from 'chai';
import { createConnection } from 'mysql2/promise';
import { closeBrokerConnections } from '../src/close-broker-connections.ts';
import { eventually } from '../src/eventually.ts';
import { createTestDatabase } from '../src/test-database.ts';
import { serverStartTimeoutMs, testServers } from '../src/test-servers.ts';
import { createTestVirtualHost } from '../src/test-virtual-host.ts';

describe('the test servers', function () {
  this.timeout(serverStartTimeoutMs);
  before(testServers);

  it('give each caller an empty database of its own', async () => {
    const [one, two] = [await createTestDatabase(), await createTestDatabase()];
    const connection = await createConnection(one.url);

    await connection.query('CREATE TABLE t (id INT)');
    const [tables] = await connection.query('SHOW TABLES');

    expect(tables).to.have.length(1);
    expect(one.url).not.to.equal(two.url);
    await connection.end();
    await Promise.all([one.drop(), two.drop()]);
  });

  it('give a virtual host whose connections can be cut at once, and no others', async () => {
    const [one, two] = [await createTestVirtualHost(), await createTestVirtualHost()];
    const [cut, kept] = [await amqp.connect(one.url), await amqp.connect(two.url)];
    const ended: string[] = [];
    cut.on('error', () => {}).on('close', () => ended.push('cut'));
    kept.on('close', () => ended.push('kept'));

    const startedAtMs = performance.now();
    const closed = await closeBrokerConnections(one.name);

    expect(closed).to.equal(1);
    expect(performance.now() - startedAtMs).to.be.below(3000);
    await eventually(() => ended.length > 0);
    expect(ended).to.eql(['cut']);
    await kept.close();
    await Promise.all([one.remove(), two.remove()]);
  });

  it('refuse to cut where there is no connection', async () => {
    const { name, remove } = await createTestVirtualHost();

    const error = await closeBrokerConnections(name, { timeoutMs: 200 }).catch(String);

    expect(error).to.contain(`No connection to close in virtual host ${name}`);
    await remove();
  });
});
