import type { AnyEvent } from '@cloud-gateway/contracts';
import type { ConsumeMessage } from 'amqplib';

export interface ReadEvent {
  readonly event: AnyEvent;
  /** Of a stream: where it is in it. */
  readonly offset: number | undefined;
}

/**
 * Undefined when the content is not an event. It is not held against the schema of this version: a newer gateway may send
 * fields, and kinds, that this one does not know.
 */
export function readEvent({
  content,
  properties,
}: Pick<ConsumeMessage, 'content' | 'properties'>): ReadEvent | undefined {
  const event = parseJson(content);
  if (typeof event !== 'object' || event === null || typeof (event as AnyEvent).id !== 'string')
    return undefined;
  const offset: unknown = properties.headers?.['x-stream-offset'];
  return { event: event as AnyEvent, offset: typeof offset === 'number' ? offset : undefined };
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}
