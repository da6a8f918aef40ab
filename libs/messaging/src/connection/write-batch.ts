// All frames written in one turn of the event loop leave in one write to the socket. amqplib writes each frame by
// itself, and the broker then pays a receive per frame: batching was worth a third of the throughput when measured.
import type { ChannelModel } from 'amqplib';

/** Returns a function to call after every publish or acknowledgement on `model`. */
export function createWriteBatch(model: ChannelModel): () => void {
  const socket = socketOf(model);
  if (!socket) return () => undefined;
  let corked = false;

  function uncork(): void {
    corked = false;
    socket?.uncork();
  }

  return function batchWrites(): void {
    if (corked) return;
    corked = true;
    socket?.cork();
    // amqplib moves frames from its channels to the socket in a setImmediate that it schedules later in this turn. One
    // that is scheduled from a nextTick comes right after it.
    process.nextTick(() => setImmediate(uncork));
  };
}

interface Corkable {
  cork(): void;
  uncork(): void;
}

// The socket is not in amqplib's types. Without it everything works, one write a frame.
function socketOf(model: ChannelModel): Corkable | undefined {
  const stream: unknown = Reflect.get(model.connection, 'stream');
  return typeof stream === 'object' && stream !== null && 'cork' in stream && 'uncork' in stream
    ? (stream as Corkable)
    : undefined;
}
