// Calls through the proxy, as the proxy stores them.
import type { Store } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

interface StoredCalls {
  readonly organizationId: string;
  readonly userId: string;
  readonly service: string;
  readonly calls: number;
}

export async function storeCalls(
  store: Store,
  { organizationId, userId, service, calls: count }: StoredCalls,
): Promise<void> {
  const calls = Array.from({ length: count }, (_, index) => ({
    id: mintId('call'),
    at: new Date(Date.now() - 1000 * (index + 1)),
    organizationId,
    environmentId: 'env_a',
    accessRequestId: `acr_${userId}`,
    accessKeyId: `CGW${userId.slice(-17).toUpperCase()}`,
    userId,
    service,
    region: 'us-east-1',
    action: 'ListQueues',
    method: 'POST',
    host: `${service}.us-east-1.amazonaws.com`,
    status: 200,
    outcome: 'answered' as const,
    refusal: null,
    bytesIn: 10,
    bytesOut: 20,
    durationMs: 1.5,
    cloudRequestId: null,
    clientAddress: '127.0.0.1',
  }));
  await store.inTransaction((tx) => tx.usage.append({ id: mintId('batch'), calls }));
}
