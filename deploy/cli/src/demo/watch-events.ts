// Hears the events of one account as they happen, tells each, and lets a step wait for the state that it brings about.
import type { ResourceEvent } from '@cloud-gateway/contracts';
import { type BrokerConnection, subscribeEvents } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import type { Teller } from './create-teller.ts';

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

export async function watchEvents({
  connection,
  account,
  tell,
  log,
}: {
  connection: BrokerConnection;
  account: string;
  tell: Teller;
  log: Logger;
}): Promise<EventWatch> {
  const seenIds = new Set<string>();
  const unread: ResourceEvent[] = [];
  let wake: () => void = () => undefined;
  const subscription = await subscribeEvents({
    connection,
    bindings: [`v1.ec2.${account}.*.instance.#`],
    log,
    onEvent: (payload) => {
      const event = payload as ResourceEvent;
      if (seenIds.has(event.id)) return; // Delivered twice: same id.
      seenIds.add(event.id);
      unread.push(event);
      wake();
    },
  });

  return {
    async until(cloudId, state) {
      const seen: SeenEvent[] = [];
      const endsAtMs = Date.now() + patienceMs;
      for (;;) {
        for (const event of unread.splice(0)) {
          if (event.cloudId !== cloudId) continue;
          const { sequence, change, oldState, newState, changedFields } = event;
          const what =
            change === 'updated' ? changedFields.join(', ') : `${oldState ?? '–'} → ${newState ?? '–'}`;
          tell.line(`event ${String(sequence).padStart(4)}  ${change.padEnd(10)} ${what}`);
          seen.push({ sequence, change, oldState, newState });
          if (newState === state) return seen;
        }
        if (Date.now() > endsAtMs)
          throw new Error(`No event said within ${patienceMs / 1000} s that ${cloudId} is ${state}.`);
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, 500).unref();
        });
      }
    },
    stop: () => subscription.stop(),
  };
}

const patienceMs = 60_000;
