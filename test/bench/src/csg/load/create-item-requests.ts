import { createSigningKeyCache } from '@cloud-gateway/sigv4';
import type { AccessKey } from '../calls/access-key.ts';
import { getItemRequest } from '../calls/get-item.ts';

/** Gives requests for different items, signed in the second in which they are asked for: a few, over and over. */
export function createItemRequests(key: AccessKey): () => Buffer {
  const signingKeys = createSigningKeyCache();
  let signedAtSecond = 0;
  let requests: Buffer[] = [];
  let next = 0;
  return () => {
    const nowMs = Date.now();
    const second = Math.floor(nowMs / 1_000);
    if (second !== signedAtSecond) {
      signedAtSecond = second;
      requests = itemIds.map((id) => getItemRequest(id, key, nowMs, signingKeys));
    }
    next = (next + 1) % requests.length;
    return requests[next] as Buffer; // `next` is below the length
  };
}

const itemIds = Array.from({ length: 32 }, (_, at) => `order-${String(100_000 + at)}`);
