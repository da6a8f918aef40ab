/**
 * Gives what `promise` gives, or rejects with `onTimeout()` after `ms`. The work itself goes on: hand it an AbortSignal
 * where it can be stopped. A rejection that comes after the deadline is dropped, not unhandled.
 */
export async function withDeadline<T>(promise: Promise<T>, ms: number, onTimeout: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(onTimeout()), ms);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
