/** The caller's signal, shortened to `timeoutMs`. Not AbortSignal.any: on Node 20 that leaks on a long-lived signal. */
export interface CallDeadline {
  readonly signal: AbortSignal;
  /** Frees the timer and the listener; call it when the call has ended. */
  dispose(): void;
}

export function withCallDeadline(callerSignal: AbortSignal, timeoutMs: number): CallDeadline {
  const controller = new AbortController();
  const abort = () => controller.abort(callerSignal.reason);
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  callerSignal.addEventListener('abort', abort);
  if (callerSignal.aborted) abort();
  return {
    signal: controller.signal,
    dispose() {
      clearTimeout(timer);
      callerSignal.removeEventListener('abort', abort);
    },
  };
}
