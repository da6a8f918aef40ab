// A virtual host of its own on a private broker: gateways beside each other, each with queues of its own.

/** Gives its URL. */
export async function createVirtualHost(
  broker: { readonly amqpUrl: string; readonly managementUrl: string },
  name: string,
): Promise<string> {
  const url = new URL(broker.amqpUrl);
  url.pathname = name;
  await put(broker.managementUrl, `/vhosts/${name}`, {});
  const everything = { configure: '.*', write: '.*', read: '.*' };
  await put(broker.managementUrl, `/permissions/${name}/${url.username}`, everything);
  return url.href;
}

async function put(managementUrl: string, path: string, body: object): Promise<void> {
  const { origin, username, password } = new URL(managementUrl);
  const key = btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const response = await fetch(`${origin}/api${path}`, {
    method: 'PUT',
    headers: { authorization: `Basic ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`PUT ${path}: ${response.status} ${await response.text()}`);
}
