// RabbitMQ's HTTP API.

export type ManagementRequest = { method: 'GET' | 'PUT' | 'POST' | 'DELETE'; path: string; body?: object };

/** Asks the API under `managementUrl` (with user and password); null when there is no such thing (404) or no answer body. */
export async function askManagement(managementUrl: string, request: ManagementRequest): Promise<unknown> {
  const { origin, username, password } = new URL(managementUrl);
  const response = await fetch(`${origin}/api${request.path}`, {
    method: request.method,
    headers: {
      authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}`,
      'content-type': 'application/json',
    },
    ...(request.body && { body: JSON.stringify(request.body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${request.method} ${request.path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}
