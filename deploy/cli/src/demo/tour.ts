// The main job, told and done step by step over the public doors: HTTP for the calls, AMQP for the events. Every step is
// what an API client would do; nothing here reaches inside the gateway.
import type { ApiClient } from '../api-client.ts';
import { authenticate } from './steps/authenticate.ts';
import { launchInstance } from './steps/launch-instance.ts';
import { listImages } from './steps/list-images.ts';
import { proveAccount } from './steps/prove-account.ts';
import { readHistory } from './steps/read-history.ts';
import { showMessages } from './steps/show-messages.ts';
import { stopAndTerminate } from './steps/stop-and-terminate.ts';
import type { MessageTrace } from './trace-one-call.ts';
import type { EventWatch } from './watch-events.ts';

export interface TourDeps {
  readonly api: ApiClient;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly cloudCredentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Subscribes to the events of an account. */
  readonly watchEvents: (account: string) => Promise<EventWatch>;
  /** Undefined where the broker is not ours to trace. */
  readonly trace: MessageTrace | undefined;
  readonly tell: Teller;
}

/** `title` says what the step is; `lines` what came of it, for a person; `data` the same for a program. */
export interface Teller {
  step(name: string, title: string): void;
  line(text: string): void;
  done(data: Readonly<Record<string, unknown>>): void;
}

export interface TourResult {
  readonly token: string;
  readonly account: string;
  readonly instanceId: string;
}

export async function tour(deps: TourDeps): Promise<TourResult> {
  const { token, api } = await authenticate(deps);
  const account = await proveAccount({ ...deps, api });
  const imageId = await listImages({ ...deps, api, account });
  const events = await deps.watchEvents(account);
  try {
    const instance = await launchInstance({ ...deps, api, account, imageId, events });
    await showMessages(deps);
    await stopAndTerminate({ ...deps, api, account, instance, events });
    await readHistory({ ...deps, api, account, instance });
    return { token, account, instanceId: instance.cloudId };
  } finally {
    await events.stop();
  }
}
