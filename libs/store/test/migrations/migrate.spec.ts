import { expect } from 'chai';
import { allMigrations } from '../../src/migrations/all-migrations.ts';
import { openStore } from '../../src/open-store.ts';
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

  it('has steps whose ids grow', () => {
    const ids = allMigrations.map(({ id }) => id);
    expect(ids).to.deep.equal([...new Set(ids)].sort());
  });
});
