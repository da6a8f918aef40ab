// The few calls of RabbitMQ's management API that the gateway needs. Its list of one user's connections is exact; what it
// knows of a single connection beside its name comes from statistics, five seconds late.
import type { Clock } from '@cloud-gateway/clock';
import { GatewayError } from '@cloud-gateway/contracts';
import { z } from 'zod';

export interface BrokerManagement {
  /** The names of a user's open connections in the gateway's virtual host. */
  connectionsOf(username: string): Promise<readonly string[]>;
  /** Since when it is open, by our clock; undefined when it has gone, or is younger than the statistics. */
  connectedAtMs(connection: string): Promise<number | undefined>;
  /** The client is told the reason. Fine when it has gone. */
  close(connection: string, reason: string): Promise<void>;
  /** Limits, for every queue that the pattern matches, that no client can raise. */
  setOperatorPolicy(name: string, policy: OperatorPolicy): Promise<void>;
}

export interface OperatorPolicy {
  /** A regular expression. */
  readonly pattern: string;
  readonly 'apply-to': 'queues';
  readonly priority: number;
  readonly definition: Readonly<Record<string, number>>;
}

export interface ManagementAddress {
  /** With an administrator's name and password. */
  readonly url: string;
  readonly virtualHost: string;
  readonly clock: Clock;
}

const deadlineMs = 5_000;

/** Each call rejects with `unavailable` when the API does not answer as it should. */
export function createBrokerManagement({ url, virtualHost, clock }: ManagementAddress): BrokerManagement {
  const { origin, pathname, username, password } = new URL(url);
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  const base = `${origin}${pathname.replace(/\/$/, '')}/api`;

  /** How far the broker's clock is ahead of ours, to the second: from the Date of its last answer. */
  let aheadMs = 0;

  async function ask(method: string, path: string, more: { reason?: string; body?: object } = {}) {
    const { reason, body } = more;
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization,
        ...(reason && { 'x-reason': reason }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(deadlineMs),
    }).catch((cause: unknown) => {
      throw failed(`does not answer at ${origin}`, cause);
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) aheadMs = date - clock.nowMs();
    const text = await response.text();
    if (response.status === 404) return undefined;
    if (!response.ok) throw failed(`answered ${response.status} to ${method} ${path.split('?')[0]}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  return {
    async connectionsOf(user) {
      const listed = await ask('GET', `/connections/username/${encodeURIComponent(user)}`);
      const connections = listSchema.parse(listed ?? []);
      return connections.filter(({ vhost }) => vhost === virtualHost).map(({ name }) => name);
    },
    async connectedAtMs(connection) {
      const found = await ask('GET', `/connections/${encodeURIComponent(connection)}?columns=connected_at`);
      const { connected_at: atMs } = connectionSchema.parse(found ?? {});
      return atMs === undefined ? undefined : atMs - aheadMs;
    },
    // Without the statistics, in which a young connection is not yet to be found.
    async close(connection, reason) {
      await ask('DELETE', `/connections/${encodeURIComponent(connection)}?disable_stats=true`, { reason });
    },
    async setOperatorPolicy(name, body) {
      const path = `/operator-policies/${encodeURIComponent(virtualHost)}/${encodeURIComponent(name)}`;
      await ask('PUT', path, { body });
    },
  };
}

const listSchema = z.array(z.object({ name: z.string(), vhost: z.string() }));
const connectionSchema = z.object({ connected_at: z.number().optional() });

function failed(what: string, cause?: unknown): GatewayError {
  return new GatewayError('unavailable', {
    message: `RabbitMQ's management API ${what}. Check GATEWAY_AMQP_MANAGEMENT_URL, and that its user is an administrator.`,
    cause,
  });
}
