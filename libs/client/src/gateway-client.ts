import type { RouteName } from '@cloud-gateway/contracts';
import type {
  Answer,
  AnswerOf,
  AnyCallInput,
  DryRunAnswer,
  DryRunInput,
  DryRunName,
  InputArguments,
  ItemOf,
  ListName,
} from './calls/call-types.ts';
import type { EventStream } from './events/event-stream.ts';
import type { EventsOptions } from './events/events-options.ts';

/** All calls reject with GatewayProblem, or with the reason of the caller's own signal. */
export interface GatewayClient {
  /** The body of the answer. */
  call<N extends DryRunName>(name: N, input: DryRunInput<N>): Promise<DryRunAnswer>;
  call<N extends RouteName>(name: N, ...input: InputArguments<N>): Promise<AnswerOf<N>>;
  /** With status and headers. The body of 304 is undefined. */
  send<N extends RouteName>(name: N, ...input: InputArguments<N>): Promise<Answer<AnswerOf<N> | undefined>>;
  /** For a route that is known at run time only. Throws TypeError when there is none of this name. */
  sendAny(name: string, input?: AnyCallInput): Promise<Answer<unknown>>;
  /** Every item of every page. */
  each<N extends ListName>(name: N, ...input: InputArguments<N>): AsyncIterableIterator<ItemOf<N>>;
  /** Every item of every page, where the route is known at run time only. */
  eachAny(name: string, input?: AnyCallInput): AsyncIterableIterator<unknown>;
  /** Subscribes when it is first asked for an event. */
  events(options?: EventsOptions): EventStream;
  /** Ends every loop over events, refuses what is under way and closes the connections. Safe to repeat. */
  close(): Promise<void>;
}
