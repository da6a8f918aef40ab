import type { Socket } from 'node:net';
import { UpstreamError } from './upstream-error.ts';

export interface SocketWait {
  readonly event: 'connect' | 'secureConnect';
  readonly withinMs: number;
  readonly signal: AbortSignal;
  /** `no connection to sts.amazonaws.com:443`: begins the message of every failure. */
  readonly failure: string;
  readonly toError: (err: NodeJS.ErrnoException) => UpstreamError;
}

/** Waits for the event. On failure, which is always an UpstreamError, the socket is destroyed. */
export function awaitSocket(
  socket: Socket,
  { event, withinMs, signal, failure, toError }: SocketWait,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => settle(new UpstreamError('timeout', `${failure}: nothing within ${withinMs} ms`)),
      withinMs,
    );
    const onReached = (): void => settle(undefined);
    const onError = (err: NodeJS.ErrnoException): void => settle(toError(err));
    const onClose = (): void => settle(new UpstreamError('connect', `${failure}: it was closed`));
    const onAbort = (): void => settle(givenUp(failure));
    socket.once(event, onReached);
    socket.once('error', onError);
    socket.once('close', onClose);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();

    function settle(error: UpstreamError | undefined): void {
      clearTimeout(timer);
      socket.off(event, onReached);
      socket.off('error', onError);
      socket.off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      if (error === undefined) {
        resolve();
      } else {
        socket.destroy();
        reject(error);
      }
    }
  });
}

export function givenUp(failure: string): UpstreamError {
  return new UpstreamError('closed', `${failure}: given up`);
}
