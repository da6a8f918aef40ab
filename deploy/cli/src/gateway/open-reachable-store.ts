import { isGatewayError } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import { openStore, type Store } from '@cloud-gateway/store';

/** A store whose database has answered. Rejects with a sentence for the operator when it does not. */
export async function openReachableStore(databaseUrl: string, log: Logger): Promise<Store> {
  const store = openStore({ databaseUrl, log });
  try {
    await store.ping();
    return store;
  } catch (cause) {
    await store.close();
    const reason = isGatewayError(cause) && cause.detail ? ` (${cause.detail})` : '';
    const message = `The database at ${new URL(databaseUrl).host} cannot be reached${reason}. Check GATEWAY_DATABASE_URL, and that it runs.`;
    throw new Error(message, { cause });
  }
}
