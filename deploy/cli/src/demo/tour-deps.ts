import type { ApiClient } from '../api-client.ts';
import type { Teller } from './create-teller.ts';
import type { MessageTrace } from './trace-one-call.ts';
import type { EventWatch } from './watch-events.ts';

/** What the steps of the tour work with; each takes what it needs of it. */
export interface TourDeps {
  readonly api: ApiClient;
  /** Of the proxy door. */
  readonly proxyUrl: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly cloudCredentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Subscribes to the events of an account. */
  readonly watchEvents: (account: string) => Promise<EventWatch>;
  /** Absent where the broker is not ours to trace. */
  readonly trace?: MessageTrace;
  readonly tell: Teller;
}
