// Before anything is measured: are the answers right?
import type { AccessKey } from '../calls/access-key.ts';
import { getItemRequest } from '../calls/get-item.ts';
import { databaseHost } from '../calls/hosts.ts';
import { createItemClient, secureContextOf } from './item-client.ts';
import { type LoadTarget, openConnection } from './open-connection.ts';

export interface ItemsToSend {
  readonly target: LoadTarget;
  readonly key: AccessKey;
  readonly requests: number;
}

export interface ItemsSent {
  readonly right: number;
  /** Of those that were not answered rightly; `0` where the connection ended. */
  readonly wrongStatuses: readonly number[];
}

/** Sends different requests over a few connections at once. */
export async function sendItems({ target, key, requests }: ItemsToSend): Promise<ItemsSent> {
  const secureContext = secureContextOf(target.authority);
  const wrongStatuses: number[] = [];
  let right = 0;
  let sent = 0;
  await Promise.all(
    Array.from({ length: Math.min(connections, requests) }, async () => {
      const client = createItemClient(await openConnection({ target, host: databaseHost, secureContext }));
      try {
        while (sent < requests) {
          const answer = await client
            .call(getItemRequest(`order-${sent++}`, key, Date.now()))
            .catch(() => ended);
          if (answer.isRight) right++;
          else wrongStatuses.push(answer.status);
          if (answer.status === 0) return;
        }
      } finally {
        client.close();
      }
    }),
  );
  return { right, wrongStatuses };
}

const connections = 8;
const ended = { status: 0, isRight: false };
