import type { Clock } from '@cloud-gateway/clock';
import { mintId } from '@cloud-gateway/vault';
import type { RequestHead } from '../http1/parse-request-head.ts';
import type { Call } from './call.ts';
import type { ServedConnection } from './served-connection.ts';

const unreadable: RequestHead = { method: '-', target: '/', minorVersion: 1, headers: [] };

/** `head` is undefined when it could not be read. */
export function openCall(clock: Clock, connection: ServedConnection, head: RequestHead = unreadable): Call {
  return {
    id: mintId('call', clock),
    connection,
    head,
    startedAtMs: clock.nowMs(),
    accessKeyId: undefined,
    key: undefined,
    isVerified: false,
    services: [],
    host: connection.host,
    service: undefined,
    region: undefined,
    action: undefined,
    status: 0,
    outcome: 'failed',
    refusal: undefined,
    bytesIn: 0,
    bytesOut: 0,
    cloudRequestId: undefined,
  };
}
