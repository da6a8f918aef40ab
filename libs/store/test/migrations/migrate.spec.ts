import { silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { escape as escapeText } from 'mysql2';
import { allMigrations } from '../../src/migrations/all-migrations.ts';
import { openStore } from '../../src/open-store.ts';
import { instanceBody } from '../instance-body.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('migrate', () => {
  it('runs every step once, in whichever of several processes', async () => {
    const test = await openTestStore({}, { migrated: false });
    const stores = Array.from({ length: 3 }, () =>
      openStore({ databaseUrl: test.databaseUrl, log: silentLog }),
    );
    try {
      const reports: string[] = [];

      const ran = await Promise.all(
        stores.map((store) => store.migrate({ report: ({ id }) => reports.push(id) })),
      );

      const ids = allMigrations.map(({ id }) => id);
      expect(ran.flat()).to.deep.equal(ids);
      expect(reports).to.deep.equal(ids);
      expect(await test.store.migrate()).to.deep.equal([]);
    } finally {
      await Promise.all(stores.map((store) => store.close()));
      await test.close();
    }
  });

  it('bears being run again from the start of a step that died half-way', async () => {
    const test = await openTestStore();
    try {
      await test.execute('delete from schema_migrations');
      await test.execute("update schema_lock set owner = 'dead', leased_until = '2020-01-01'");

      expect(await test.store.migrate()).to.deep.equal(allMigrations.map(({ id }) => id));
    } finally {
      await test.close();
    }
  });

  it('makes the tags of what was there before findable', async () => {
    const test = await openTestStore({}, { migrated: false });
    try {
      await migrateBefore('005', test);
      const body = instanceBody('i-1', { tags: { env: 'pröd', 'a"b\\c': 'x', empty: '' } });
      await test.execute(
        `insert into resources set id = 'res_a', cloud = 'ec2', account_id = 'ec2-1', region = 'r', type = 'instance',
          cloud_id = 'i-1', state = 'running', visibility = 'private', tag_count = 3, hash = unhex(sha2('x', 256)),
          body = ${escapeText(JSON.stringify(body))}, revision = 1, sequence = 1, first_seen_at = now(3),
          updated_at = now(3), observed_at = now(3)`,
      );

      await test.store.migrate();

      const query = { cloud: 'ec2', account: 'ec2-1', type: 'instance', limit: 5 } as const;
      for (const [key, value] of Object.entries(body.tags)) {
        const { items } = await test.store.read.resources.list({ ...query, tag: [{ key, value }] });
        expect(items.map(({ cloudId }) => cloudId)).to.deep.equal(['i-1']);
      }
    } finally {
      await test.close();
    }
  });

  it('gives the stored events of a long time their sequences, piece by piece', async () => {
    const test = await openTestStore({}, { migrated: false });
    try {
      await migrateBefore('006', test);
      const ids = [1, 4_999, 5_001, 23_456];
      for (const id of ids)
        await test.execute(
          `insert into outbox set id = ${id}, event_id = 'evt_${id}', account_id = 'ec2-1', routing_key = 'v1', source = '/v1',
            type = 'cloud-gateway.resource.state.v1', subject = 's', time = now(3),
            payload = '${JSON.stringify({ sequence: id * 2 })}'`,
        );

      await test.store.migrate();

      const [rows] = (await test.execute('select id, sequence from outbox order by id')) as [unknown];
      expect(rows).to.deep.equal(ids.map((id) => ({ id, sequence: id * 2 })));
    } finally {
      await test.close();
    }
  });

  it('has steps whose ids grow', () => {
    const ids = allMigrations.map(({ id }) => id);
    expect(ids).to.deep.equal([...new Set(ids)].sort());
  });
});

/** All statements of the steps before `id`: for tables that are empty. */
async function migrateBefore(before: string, test: TestStore): Promise<void> {
  for (const { statements } of allMigrations.filter(({ id }) => id < before)) {
    for (const statement of statements) if (typeof statement === 'string') await test.execute(statement);
  }
}
