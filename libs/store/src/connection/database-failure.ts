// Sorts what the driver throws into three: the database cannot be reached or is not able to serve (GatewayError
// `unavailable`), a transaction that another one pushed aside (repeat it), and everything else (a fault of ours).
import { GatewayError, isGatewayError } from '@cloud-gateway/contracts';

/** Gives the GatewayError `unavailable` for a failed infrastructure; any other error as it is. */
export function toDatabaseFailure(err: unknown): unknown {
  if (isGatewayError(err) || !isInfrastructure(err)) return err;
  return new GatewayError('unavailable', {
    message: 'The database cannot be reached just now',
    detail: codeOf(err) ?? String(err),
    retryAfterMs: 1000,
    cause: err,
  });
}

/** True when the statement, or the whole transaction was rolled back by the server and may simply be run again. */
export function isPushedAside(err: unknown): boolean {
  const errno = (err as { errno?: unknown } | null)?.errno;
  return typeof errno === 'number' && pushedAside.has(errno);
}

// 1213 deadlock (Galera reports a failed certification as one, also at COMMIT), 1205 lock wait timeout,
// 1047 a Galera node that is not ready, 3101 the same pushing aside in Group Replication.
const pushedAside = new Set([1213, 1205, 1047, 3101]);

function isInfrastructure(err: unknown): boolean {
  // 1969: MariaDB's max_statement_time; the driver has no name for it.
  if ((err as { errno?: unknown } | null)?.errno === 1969) return true;
  const code = codeOf(err);
  if (code !== undefined && infrastructureCodes.has(code)) return true;
  const name = (err as { name?: unknown } | null)?.name;
  return name === 'KnexTimeoutError' || (err as { fatal?: unknown } | null)?.fatal === true;
}

const infrastructureCodes = new Set([
  'STATEMENT_TIMEOUT',
  'PROTOCOL_CONNECTION_LOST',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED',
  'ER_STATEMENT_TIMEOUT',
  'ER_QUERY_TIMEOUT',
  'ER_DISK_FULL',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
]);

function codeOf(err: unknown): string | undefined {
  const code = (err as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
