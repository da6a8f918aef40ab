import type { Clock } from '@cloud-gateway/clock';
import type { RecordedCall } from '../usage/recorded-call.ts';
import type { Call } from './call.ts';

/** What remains of a call when it is over. */
export function recordOfCall(call: Call, clock: Clock): RecordedCall {
  const { key, head, connection } = call;
  return {
    id: call.id,
    at: new Date(call.startedAtMs),
    organizationId: key?.organizationId ?? null,
    environmentId: key?.environmentId ?? null,
    accessRequestId: key?.accessRequestId ?? null,
    accessKeyId: key?.accessKeyId ?? call.accessKeyId ?? null,
    userId: key?.userId ?? null,
    service: call.service ?? null,
    region: call.region ?? null,
    action: call.action ?? null,
    method: head.method,
    host: call.host,
    target: head.target,
    status: call.status,
    outcome: call.outcome,
    refusal: call.refusal ?? null,
    bytesIn: call.bytesIn,
    bytesOut: call.bytesOut,
    durationMs: clock.nowMs() - call.startedAtMs,
    cloudRequestId: call.cloudRequestId === undefined ? null : ownCopy(call.cloudRequestId),
    clientAddress: connection.clientAddress,
  };
}

/** Not a part of the header that it stood in: the whole of that would stay in memory for as long as the record does. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
