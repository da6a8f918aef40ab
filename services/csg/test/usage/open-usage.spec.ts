import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { systemClock } from '@cloud-gateway/clock';
import { createMetrics } from '@cloud-gateway/runtime';
import { silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { openUsage } from '../../src/usage/open-usage.ts';
import { type CuttableDatabase, openCuttableDatabase } from './cuttable-database.ts';
import { sampleCall } from './sample-call.ts';
import { withScratchFolder } from './scratch-folder.ts';

describe('openUsage', () => {
  let database: CuttableDatabase;
  before(async () => {
    database = await openCuttableDatabase();
  });
  after(() => database.close());

  const deps = () => ({
    store: database.store,
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics({ service: 'csg' }),
  });

  it('stores, logs and sends each call, all of it before stop ends', () =>
    withScratchFolder(async (folder) => {
      const received: Promise<string>[] = [];
      const logstash = createServer((socket) => received.push(text(socket)));
      logstash.listen(0, '127.0.0.1');
      await once(logstash, 'listening');
      const accessLog = join(folder, 'access.log');
      const { port } = logstash.address() as AddressInfo;

      const usage = await openUsage(
        { spoolDirectory: join(folder, 'spool'), accessLog, logstashUrl: `tcp://127.0.0.1:${port}` },
        deps(),
      );
      usage.record(sampleCall({ id: 'call_open', organizationId: 'org_open' }));
      await usage.stop();

      const listed = await database.direct.read.usage.listCalls({
        organizationId: 'org_open',
        from: new Date(0),
        to: new Date('2100-01-01'),
        filters: {},
        limit: 10,
      });
      expect(listed.map(({ id }) => id)).to.deep.equal(['call_open']);
      expect(JSON.parse(await readFile(accessLog, 'utf8'))).to.have.property('call.id', 'call_open');
      const sent = JSON.parse((await received[0]) ?? '');
      expect(sent).to.deep.include({ 'call.id': 'call_open', tags: ['csg', 'call'] });
      logstash.close();
    }));

  for (const logstashUrl of ['logstash', 'http://logstash:80', 'tcp://logstash', 'tcp://:5000'])
    it(`refuses ${logstashUrl} as the address of logstash`, async () => {
      const opened = openUsage({ spoolDirectory: '/nowhere', accessLog: 'off', logstashUrl }, deps());

      expect(await opened.then(String, (err: Error) => err.message)).to.contain('tcp://host:port');
    });
});
