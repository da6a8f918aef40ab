/**
 * Gives what `work` gives, or rejects with `onAbort()` once the signal is aborted. For work that several share: it goes
 * on for the others, this one just stops waiting.
 */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal, onAbort: () => Error): Promise<T> {
  let stopWaiting = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stopWaiting = () => reject(onAbort());
  });
  signal.addEventListener('abort', stopWaiting);
  try {
    if (signal.aborted) stopWaiting();
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stopWaiting);
  }
}
