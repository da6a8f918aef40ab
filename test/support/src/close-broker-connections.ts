// Simulates a cut: the broker closes every connection of a virtual host.
// Its listing of a virtual host's connections comes from statistics and lags by seconds. Its listing by user comes from
// connection tracking and is exact; but it knows no user of another auth backend. So both are asked.
import { eventually } from './eventually.ts';
import { askManagement } from './management-api.ts';
import { testServers } from './test-servers.ts';

type Connection = { name: string; vhost: string };

/** Closes all connections of the virtual host; returns how many, at least one. Throws when there is none in time. */
export async function closeBrokerConnections(
  virtualHost: string,
  { timeoutMs = 10_000 }: { timeoutMs?: number } = {},
): Promise<number> {
  const { managementUrl } = await testServers();
  const closed: number = await eventually(
    async () => {
      const names = await connectionNames(managementUrl, virtualHost);
      await Promise.all(names.map((name) => closeConnection(managementUrl, name)));
      return names.length > 0 && names.length;
    },
    { timeoutMs, message: `No connection to close in virtual host ${virtualHost}` },
  );
  return closed;
}

async function connectionNames(managementUrl: string, virtualHost: string): Promise<string[]> {
  const list = async <Item>(path: string) =>
    ((await askManagement(managementUrl, { method: 'GET', path })) ?? []) as Item[]; // documented: always a list
  const users = await list<{ name: string }>('/users');
  const lists = await Promise.all([
    ...users.map(({ name }) => list<Connection>(`/connections/username/${encodeURIComponent(name)}`)),
    list<Connection>(`/vhosts/${encodeURIComponent(virtualHost)}/connections`),
  ]);
  const ofVirtualHost = lists.flat().filter(({ vhost }) => vhost === virtualHost);
  return [...new Set(ofVirtualHost.map(({ name }) => name))];
}

// `disable_stats`: look it up in the tracking, where a new connection is known at once.
async function closeConnection(managementUrl: string, name: string): Promise<void> {
  const path = `/connections/${encodeURIComponent(name)}?disable_stats=true`;
  await askManagement(managementUrl, { method: 'DELETE', path });
}
