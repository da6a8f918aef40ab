// A user of the broker, made by its management API: stands for a client, as the gateway's own authentication lets it in.
import type { TestVirtualHost } from '@cloud-gateway/test-support';

export interface BrokerUser {
  setPassword(password: string): Promise<void>;
  remove(): Promise<void>;
}

export function askBrokerUser({ host, name }: { host: TestVirtualHost; name: string }): BrokerUser {
  const { origin, username, password } = new URL(host.managementUrl);
  const authorization = `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}`;
  async function ask(method: string, path: string, body?: object): Promise<void> {
    const response = await fetch(`${origin}/api${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  }
  return {
    async setPassword(secret) {
      await ask('PUT', `/users/${name}`, { password: secret, tags: '' });
      await ask('PUT', `/permissions/${host.name}/${name}`, { configure: '', write: '.*', read: '.*' });
    },
    remove: () => ask('DELETE', `/users/${name}`),
  };
}
