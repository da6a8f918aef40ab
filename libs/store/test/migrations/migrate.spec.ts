import { expect } from 'chai';
import { escape as escapeText } from 'mysql2';
import { allMigrations } from '../../src/migrations/all-migrations.ts';
import { openStore } from '../../src/open-store.ts';
import { instanceBody } from '../instance-body.ts';
import { openTestStore, silentLog } from '../open-test-store.ts';

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
      const older = allMigrations.filter(({ id }) => id < '005');
      for (const { statements } of older) for (const statement of statements) await test.execute(statement);
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

  it('has steps whose ids grow', () => {
    const ids = allMigrations.map(({ id }) => id);
    expect(ids).to.deep.equal([...new Set(ids)].sort());
  });
});
