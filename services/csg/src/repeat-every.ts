export interface Repetition {
  /** Resolves when the run under way has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `work` every `periodMs`, from start to start; a run that takes longer is followed at once by the next. `work`
 * must not throw.
 */
export function repeatEvery(periodMs: number, work: () => Promise<void>): Repetition {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  schedule(periodMs);
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };

  function schedule(delayMs: number): void {
    timer = setTimeout(() => {
      running = run();
    }, delayMs);
  }

  async function run(): Promise<void> {
    const startedAtMs = performance.now();
    await work();
    if (!isStopped) schedule(Math.max(0, periodMs - (performance.now() - startedAtMs)));
  }
}
