import { createLogger } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { openReachableStore } from './open-reachable-store.ts';

/** Opens the store at this address for one command, and closes it after that. */
export async function useStore<Result>(
  databaseUrl: string,
  use: (store: Store) => Promise<Result>,
): Promise<Result> {
  const log = createLogger({ service: 'cli', level: 'warn', format: 'pretty', destination: process.stderr });
  const store = await openReachableStore(databaseUrl, log);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
