// A virtual host of its own for each test file: its exchanges and queues are seen by nobody else.
import { randomBytes } from 'node:crypto';
import { rememberOpen } from './left-open.ts';
import { askManagement } from './management-api.ts';
import { testServers } from './test-servers.ts';

export type TestVirtualHost = {
  name: string;
  /** amqp://user:password@127.0.0.1:port/name */
  url: string;
  managementUrl: string;
  /** Also closes its connections. */
  remove(): Promise<void>;
};

/** Makes an empty virtual host on the run's broker. Not removed by the end of the run: the run fails. */
export async function createTestVirtualHost(): Promise<TestVirtualHost> {
  const { amqpUrl, managementUrl } = await testServers();
  const name = `test-${randomBytes(6).toString('hex')}`;
  const url = new URL(amqpUrl);
  url.pathname = name;
  await askManagement(managementUrl, { method: 'PUT', path: `/vhosts/${name}` });
  await askManagement(managementUrl, {
    method: 'PUT',
    path: `/permissions/${name}/${url.username}`,
    body: { configure: '.*', write: '.*', read: '.*' },
  });

  const removeVirtualHost = async () => {
    await askManagement(managementUrl, { method: 'DELETE', path: `/vhosts/${name}` });
  };
  const forget = rememberOpen(`virtual host ${name}`, removeVirtualHost);
  return {
    name,
    url: url.href,
    managementUrl,
    remove: async () => {
      await removeVirtualHost();
      forget();
    },
  };
}
