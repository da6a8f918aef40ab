import type { RecordedCall } from '../../src/usage/recorded-call.ts';

let made = 0;

export function sampleCall(changes: Partial<RecordedCall> = {}): RecordedCall {
  made += 1;
  return {
    id: `call_${String(made).padStart(8, '0')}`,
    at: new Date('2026-03-04T05:06:07.891Z'),
    organizationId: 'org_a',
    environmentId: 'env_a',
    accessRequestId: 'req_a',
    accessKeyId: 'CGWAAAAAAAAAAAAAAAAA',
    userId: 'cli_a',
    service: 'dynamodb',
    region: 'us-east-1',
    action: 'GetItem',
    method: 'POST',
    host: 'dynamodb.us-east-1.amazonaws.com',
    target: '/',
    status: 200,
    outcome: 'answered',
    refusal: null,
    bytesIn: 130,
    bytesOut: 1024,
    durationMs: 12.5,
    cloudRequestId: 'ABC123',
    clientAddress: '192.0.2.7',
    ...changes,
  };
}
