import type { StreamOffset } from './events-options.ts';
import type { Subscription } from './subscription.ts';

type ConsumeArguments = NonNullable<Subscription['connect']>['consumeArguments'];

/** What to send with basic.consume: what the subscription says, of a stream with the offset to begin at. Pure. */
export function consumeArgumentsOf(
  advised: ConsumeArguments,
  {
    lastOffset,
    offset,
  }: { readonly lastOffset: number | undefined; readonly offset: StreamOffset | undefined },
): Record<string, unknown> {
  if (lastOffset !== undefined) return { ...advised, 'x-stream-offset': lastOffset + 1 };
  if (offset === undefined) return advised;
  return { ...advised, 'x-stream-offset': offset instanceof Date ? timestampOf(offset) : offset };
}

/** As amqplib writes a field of the type timestamp: whole seconds. */
function timestampOf(date: Date) {
  return { '!': 'timestamp', value: Math.floor(date.getTime() / 1_000) };
}
