import type { GatewayClient } from '@cloud-gateway/client';
import type { TracedRequest } from '../trace/trace-request.ts';
import type { Teller } from './create-teller.ts';
import type { MessageTrace } from './trace-one-call.ts';

/** What the steps of the tour work with; each takes what it needs of it. */
export interface TourDeps {
  /** The gateway over HTTP. Not yet somebody when the tour begins. */
  readonly api: GatewayClient;
  readonly edgeUrl: string;
  /** Of the broker; with a user where that one does not let clients in by themselves. */
  readonly brokerUrl: string;
  /** Of the proxy door. */
  readonly proxyUrl: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly cloudCredentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Absent where the broker is not ours to trace. */
  readonly trace?: MessageTrace;
  /** What an operator does who knows the id of a request. */
  readonly traceRequest: (requestId: string) => Promise<TracedRequest>;
  readonly tell: Teller;
}
