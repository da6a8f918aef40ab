// What the two halves of the bare system send each other.
import type { IncomingHttpHeaders } from 'node:http';
import type { EchoAnswer } from '../exchange/echo-answer.ts';
import type { EchoItem } from '../exchange/echo-item.ts';

export const bareQueue = 'bench.bare';

export interface BareRequest {
  readonly method: string;
  readonly path: string;
  readonly params: { readonly id: string };
  readonly query: { readonly limit: string };
  readonly headers: IncomingHttpHeaders;
  readonly body: EchoItem;
}

export interface BareReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: EchoAnswer;
}
