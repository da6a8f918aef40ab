import type { GatewayClient } from '@cloud-gateway/client';
import { readableProblem } from './readable-problem.ts';

/** Calls with a client that is closed at the end; what the gateway refuses reads well at a terminal. */
export async function useClient<Result>(
  opening: Promise<GatewayClient>,
  use: (client: GatewayClient) => Promise<Result>,
): Promise<Result> {
  const client = await opening;
  try {
    return await use(client);
  } catch (err) {
    throw readableProblem(err);
  } finally {
    await client.close();
  }
}
