// Prints the events of a stream until it ends: when somebody ends it, or, without `follow`, when everything that was
// stored has been printed and it is quiet for a moment.
import type { AnyEvent, EventStream, GatewayClient, Subscription } from '@cloud-gateway/client';

export interface PrintedEvents {
  readonly client: Pick<GatewayClient, 'call'>;
  readonly stream: EventStream;
  readonly follow: boolean;
  readonly print: (event: AnyEvent) => void;
  /** From now on nothing is missed. */
  readonly onReady: (subscription: Subscription) => void;
}

export async function printEvents({ client, stream, follow, print, onReady }: PrintedEvents): Promise<void> {
  const subscription = await stream.ready();
  onReady(subscription);
  try {
    for (;;) {
      const next = await nextOrEnd(stream, follow ? undefined : () => isDrained(client, subscription.id));
      if (next === undefined) return;
      print(next);
    }
  } finally {
    await stream.return();
  }
}

/** Undefined when the stream is over, or quiet and `isOver` says that nothing is on its way. */
async function nextOrEnd(
  stream: EventStream,
  isOver: (() => Promise<boolean>) | undefined,
): Promise<AnyEvent | undefined> {
  const coming = stream.next().then((result) => (result.done ? undefined : result.value));
  if (!isOver) return coming;
  for (;;) {
    const quiet = new AbortController();
    const event = await Promise.race([coming, after(quietMs, quiet.signal)]);
    quiet.abort();
    if (event !== 'quiet') return event;
    if (await isOver()) {
      coming.catch(() => undefined); // Nobody waits for it any more.
      return undefined;
    }
  }
}

/** Stored events come while it is replaying or joining; after that, whatever waits at the broker. */
async function isDrained(client: Pick<GatewayClient, 'call'>, id: string): Promise<boolean> {
  const { state, lag } = await client.call('subscription-show', { params: { subscription: id } });
  return (state === 'active' || state === 'suspended') && (lag?.ready ?? 0) === 0;
}

function after(ms: number, signal: AbortSignal): Promise<'quiet'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('quiet'), ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}

const quietMs = 1_000;
