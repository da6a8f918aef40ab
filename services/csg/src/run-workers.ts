// One process per core: they share the port and nothing else. The first process only keeps them running; which of them
// takes a connection, the operating system decides.
import cluster, { type Worker } from 'node:cluster';
import { createLogger, retryDelayMs, runProcess, sleep } from '@cloud-gateway/runtime';

/** Starts so many workers, starts one anew when it dies, and stops them all on a signal. */
export async function runWorkers({
  workers,
  stopTimeoutMs,
}: {
  workers: number;
  stopTimeoutMs: number;
}): Promise<void> {
  const log = createLogger({ service: 'csg' });
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  let isStopping = false;

  async function keepOneRunning(): Promise<void> {
    for (let failures = 0; !isStopping; failures += 1) {
      const startedAtMs = Date.now();
      const worker = cluster.fork();
      const code = await ended(worker);
      if (isStopping) return;
      log.error('a worker ended; starting another', { pid: worker.process.pid, code });
      if (Date.now() - startedAtMs > healthyMs) failures = 0;
      await sleep(retryDelayMs({ attempt: failures + 1, baseMs: 500, maxMs: 30_000 }));
    }
  }

  await runProcess({
    name: 'csg',
    shutdownTimeoutMs: stopTimeoutMs,
    start: async () => {
      const running = Array.from({ length: workers }, keepOneRunning);
      return {
        log,
        stop: async () => {
          isStopping = true;
          for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
          await Promise.all(running);
        },
      };
    },
  });
}

const healthyMs = 60_000;

function ended(worker: Worker): Promise<number | null> {
  return new Promise((resolve) => worker.once('exit', (code) => resolve(code)));
}
