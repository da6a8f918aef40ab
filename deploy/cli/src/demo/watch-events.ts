// Hears the events of one account as they happen, over AMQP and as the client itself, and lets a step wait for the state
// that it brings about.
import type { AnyEvent, EventStream } from '@cloud-gateway/client';
import type { Teller } from './create-teller.ts';

type ResourceEvent = Extract<AnyEvent, { readonly revision: number }>;

interface SeenEvent {
  readonly sequence: number;
  readonly change: string;
  readonly oldState: string | null;
  readonly newState: string | null;
}

export interface EventWatch {
  /** Resolves with the events of the resource since the last call, when one brings it to `state`. */
  until(cloudId: string, state: string): Promise<SeenEvent[]>;
  stop(): Promise<void>;
}

export function watchEvents(stream: EventStream, tell: Pick<Teller, 'line'>): EventWatch {
  async function until(cloudId: string, state: string): Promise<SeenEvent[]> {
    const seen: SeenEvent[] = [];
    for await (const event of untilTired(stream)) {
      if (event.cloudId !== cloudId) continue;
      const { sequence, change, oldState, newState, changedFields } = event;
      const what =
        change === 'updated' ? changedFields.join(', ') : `${oldState ?? '–'} → ${newState ?? '–'}`;
      tell.line(`event ${String(sequence).padStart(4)}  ${change.padEnd(10)} ${what}`);
      seen.push({ sequence, change, oldState, newState });
      if (newState === state) return seen;
    }
    throw new Error(`No event said within ${patienceMs / 1000} s that ${cloudId} is ${state}.`);
  }
  return { until, stop: async () => void (await stream.return()) };
}

/** The stream goes on after a `break`, which would end it were it the stream's own. */
async function* untilTired(stream: EventStream): AsyncGenerator<ResourceEvent> {
  const tired = new AbortController();
  const timer = setTimeout(() => tired.abort(), patienceMs);
  const patience = new Promise<undefined>((resolve) =>
    tired.signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  try {
    for (;;) {
      const next = await Promise.race([stream.next(), patience]);
      if (!next || next.done) return;
      if ('revision' in next.value) yield next.value;
    }
  } finally {
    clearTimeout(timer);
  }
}

const patienceMs = 60_000;
