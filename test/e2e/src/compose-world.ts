import { createStopStack, type StopStack } from '@cloud-gateway/runtime';

/** Its parts are stopped in reverse order: by `stop`, or at once when one of them does not start. */
export async function composeWorld<Parts extends object>(
  compose: (stops: StopStack) => Promise<Parts>,
): Promise<Parts & { stop(): Promise<void> }> {
  const stops = createStopStack({ timeoutMs: 60_000 });
  try {
    return { ...(await compose(stops)), stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}
