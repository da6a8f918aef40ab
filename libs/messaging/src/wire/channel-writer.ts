// Publishes and acknowledges on a channel of amqplib, with all that is written in one turn of the event loop leaving in
// one write. amqplib writes each frame by itself, and the broker then pays a receive for each: this is worth more than
// everything else that was tried (docs/architecture.md).
//
// It writes whole frames only, so they may come between amqplib's own on the same connection. Where amqplib does not show
// what this needs (none of it is in its types), it publishes by amqplib's own way: slower, otherwise the same.
import { Duplex } from 'node:stream';
import type { Channel, ChannelModel } from 'amqplib';
import { ackBytes, encodeAck, encodePublish, publishBytesMax, type WireMessage } from './encode-publish.ts';

export interface ChannelWriter {
  /** Without confirm. Throws when the channel is closed. */
  publish(message: WireMessage): void;
  ack(deliveryTag: number, allUpTo: boolean): void;
  /** Writes now what would be written at the end of this turn. */
  flush(): void;
}

export function createChannelWriter(model: ChannelModel, channel: Channel): ChannelWriter {
  const wire = wireOf(model, channel);
  return wire ? createFrameWriter(channel, wire) : createPlainWriter(channel);
}

/** What of amqplib's insides this needs. */
interface Wire {
  readonly channelNumber: number;
  readonly frameMax: number;
  /** Also tells amqplib's heartbeat that something was sent. */
  readonly sendBytes: (bytes: Buffer) => void;
  /** True when the socket holds nothing any more of what it was given. */
  readonly isDrained: () => boolean;
}

/** Exported for the test that says whether the fast way is taken with the amqplib that is installed. */
export function wireOf(model: ChannelModel, channel: Channel): Wire | undefined {
  const channelNumber: unknown = Reflect.get(channel, 'ch');
  const frameMax: unknown = Reflect.get(model.connection, 'frameMax');
  const sendBytes: unknown = Reflect.get(model.connection, 'sendBytes');
  const socket: unknown = Reflect.get(model.connection, 'stream');
  if (typeof channelNumber !== 'number' || typeof frameMax !== 'number') return undefined;
  if (typeof sendBytes !== 'function' || !(socket instanceof Duplex)) return undefined;
  return {
    channelNumber,
    frameMax,
    sendBytes: (bytes) => void sendBytes.call(model.connection, bytes),
    isDrained: () => socket.writableLength === 0,
  };
}

const chunkBytes = 64 * 1024;

function createFrameWriter(channel: Channel, wire: Wire): ChannelWriter {
  const { channelNumber, frameMax, sendBytes, isDrained } = wire;
  let chunk = Buffer.allocUnsafeSlow(chunkBytes);
  /** What of the chunk has been handed to the socket, and what has been written into it. */
  let sent = 0;
  let end = 0;
  let scheduled = false;
  let closed = false;
  channel.once('close', () => {
    closed = true;
  });

  function flush(): void {
    scheduled = false;
    if (closed || end === sent) return;
    const bytes = chunk.subarray(sent, end);
    sent = end;
    sendBytes(bytes);
  }

  /** Nearly always the same memory does for the next turn, which spares the garbage collector most of its work. */
  function rewind(): void {
    sent = 0;
    end = 0;
  }

  /** Makes room for `bytes`, and sees to it that this turn is flushed. */
  function reserve(bytes: number): void {
    if (closed) throw new Error('the channel is closed');
    if (end === sent && end > 0 && isDrained()) rewind();
    if (end + bytes > chunk.length) {
      flush();
      // The socket may still hold parts of the old chunk, so that one is never written again.
      chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes));
      rewind();
    }
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  return {
    publish(message) {
      reserve(publishBytesMax(message, frameMax));
      end = encodePublish(chunk, end, { channel: channelNumber, frameMax, message });
    },
    ack(deliveryTag, allUpTo) {
      reserve(ackBytes);
      end = encodeAck(chunk, end, { channel: channelNumber, deliveryTag, allUpTo });
    },
    flush,
  };
}

function createPlainWriter(channel: Channel): ChannelWriter {
  return {
    publish({ exchange, routingKey, content, expirationMs, ...properties }) {
      channel.publish(exchange, routingKey, Buffer.from(content), {
        ...properties,
        ...(expirationMs !== undefined && { expiration: expirationMs }),
        contentType: 'application/json',
      });
    },
    ack(deliveryTag, allUpTo) {
      // amqplib wants a message, of which it reads nothing but the tag.
      channel.ack({ fields: { deliveryTag } } as Parameters<Channel['ack']>[0], allUpTo);
    },
    flush: () => undefined,
  };
}
