// The few calls of RabbitMQ's management API that the gateway needs. Its list of one user's connections is exact; what it
// knows of a single connection beside its name comes from statistics, five seconds late.
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { Clock } from '@cloud-gateway/clock';
import { GatewayError } from '@cloud-gateway/contracts';
import { z } from 'zod';
import { sendRequest } from './send-request.ts';

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
  /** PEM file of authorities to trust besides the well-known ones. Read for each call, so it may be replaced. */
  readonly caFile?: string | undefined;
  readonly virtualHost: string;
  readonly clock: Clock;
}

const deadlineMs = 5_000;

/** Each call rejects with `unavailable` when the API does not answer as it should. */
export function createBrokerManagement({
  url,
  caFile,
  virtualHost,
  clock,
}: ManagementAddress): BrokerManagement {
  const { origin, pathname, username, password } = new URL(url);
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  const base = `${origin}${pathname.replace(/\/$/, '')}/api`;

  /** How far the broker's clock is ahead of ours, to the second: from the Date of its last answer. */
  let aheadMs = 0;

  async function send(method: string, path: string, { reason, body }: Asked) {
    return sendRequest({
      method,
      url: `${base}${path}`,
      headers: {
        authorization,
        ...(reason && { 'x-reason': reason }),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      authorities: caFile ? [...rootCertificates, await readFile(caFile, 'utf8')] : undefined,
      timeoutMs: deadlineMs,
    });
  }

  /** Undefined when what `path` names is not there; that is an error unless `mayBeGone`. */
  async function ask(method: string, path: string, more: Asked = {}): Promise<unknown> {
    const { mayBeGone = false } = more;
    const what = `${method} ${path.split('?')[0]}`;
    const { status, date, text } = await send(method, path, more).catch((cause: unknown) => {
      const trust = caFile ? `, and GATEWAY_AMQP_CA_FILE (${caFile})` : ', or set GATEWAY_AMQP_CA_FILE';
      const hint = origin.startsWith('https:') ? ` Check its certificate${trust}.` : '';
      throw failed(`does not answer at ${origin}: ${reasonOf(cause)}`, cause, hint);
    });
    const answeredAtMs = Date.parse(date ?? '');
    if (!Number.isNaN(answeredAtMs)) aheadMs = answeredAtMs - clock.nowMs();
    if (status === 404 && mayBeGone) return undefined;
    if (status < 200 || status > 299) throw failed(`answered ${status} to ${what}`);
    return text === '' ? undefined : parseJson(text, what);
  }

  async function read<Schema extends z.ZodType>(schema: Schema, path: string, more?: Asked) {
    const parsed = schema.safeParse(await ask('GET', path, more));
    if (!parsed.success) throw failed(`answered something else to GET ${path.split('?')[0]}`, parsed.error);
    return parsed.data;
  }

  return {
    async connectionsOf(user) {
      // 200 for a user whom nobody knows: a 404 is not of this API, and must not be taken for `no connections`.
      const connections = await read(listSchema, `/connections/username/${encodeURIComponent(user)}`);
      return connections.filter(({ vhost }) => vhost === virtualHost).map(({ name }) => name);
    },
    async connectedAtMs(connection) {
      const path = `/connections/${encodeURIComponent(connection)}?columns=connected_at`;
      const { connected_at: atMs } = (await read(connectionSchema, path, { mayBeGone: true })) ?? {};
      return atMs === undefined ? undefined : atMs - aheadMs;
    },
    // Without the statistics, in which a young connection is not yet to be found.
    async close(connection, reason) {
      const path = `/connections/${encodeURIComponent(connection)}?disable_stats=true`;
      await ask('DELETE', path, { reason, mayBeGone: true });
    },
    async setOperatorPolicy(name, body) {
      const path = `/operator-policies/${encodeURIComponent(virtualHost)}/${encodeURIComponent(name)}`;
      await ask('PUT', path, { body });
    },
  };
}

const listSchema = z.array(z.object({ name: z.string(), vhost: z.string() }));
const connectionSchema = z.object({ connected_at: z.number().optional() }).optional();

interface Asked {
  readonly reason?: string;
  readonly body?: object;
  readonly mayBeGone?: boolean;
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failed(`answered no JSON to ${what}`, cause);
  }
}

/** Of an address with several numbers Node.js gives a code only. */
function reasonOf(cause: unknown): string {
  const { message, code } = cause as NodeJS.ErrnoException;
  return message || String(code);
}

function failed(what: string, cause?: unknown, hint = ''): GatewayError {
  return new GatewayError('unavailable', {
    message: `RabbitMQ's management API ${what}. Check GATEWAY_AMQP_MANAGEMENT_URL, and that its user is an administrator.${hint}`,
    cause,
  });
}
