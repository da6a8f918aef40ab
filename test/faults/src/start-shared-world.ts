// A world on the servers of the test run, which are not to be broken: the database and the virtual host are its own.
import { createTestDatabase, createTestVirtualHost, type TestVirtualHost } from '@cloud-gateway/test-support';
import { startWorld, type World, type WorldOptions } from './start-world.ts';

export interface SharedWorld extends World {
  readonly databaseUrl: string;
  readonly virtualHost: TestVirtualHost;
}

export async function startSharedWorld(options: Omit<WorldOptions, 'servers'> = {}): Promise<SharedWorld> {
  const [database, virtualHost] = await Promise.all([createTestDatabase(), createTestVirtualHost()]);
  const release = () => Promise.all([database.drop(), virtualHost.remove()]);
  try {
    const servers = { databaseUrl: database.url, amqpUrl: virtualHost.url };
    const world = await startWorld({ ...options, servers });
    return {
      ...world,
      databaseUrl: database.url,
      virtualHost,
      stop: () => world.stop().finally(release),
    };
  } catch (err) {
    await release();
    throw err;
  }
}
