import type { AnyEvent } from '@cloud-gateway/contracts';
import type { ConsumeMessage } from 'amqplib';
import { parseEvent } from './parse-event.ts';

export interface ReadEvent {
  readonly event: AnyEvent;
  /** Of a stream: where it is in it. */
  readonly offset: number | undefined;
}

/** Undefined when the content is no event that this version can read. */
export function readEvent({
  content,
  properties,
}: Pick<ConsumeMessage, 'content' | 'properties'>): ReadEvent | undefined {
  const event = parseEvent(content.toString());
  const offset: unknown = properties.headers?.['x-stream-offset'];
  return event && { event, offset: typeof offset === 'number' ? offset : undefined };
}
