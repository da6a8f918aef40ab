// A steady stream of reads, and of launches with a key each, while a test breaks something.
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@cloud-gateway/test-support';
import type { Answer } from './api-client.ts';
import { launchCall } from './launches.ts';
import type { World } from './start-world.ts';

export interface Launch {
  readonly key: string;
  /** All answers of all attempts; the last one served it. */
  readonly answers: readonly Answer[];
}

export interface Load {
  /** Resolves when this many more launches, begun from now on, were served, and as many reads. */
  more(count: number): Promise<void>;
  /** Begins nothing more; resolves when all that was begun is served. */
  stop(): Promise<{ launches: readonly Launch[]; reads: readonly Answer[] }>;
}

const writers = 4;
// The machine is for the gateway, not for the load.
const pauseMs = 25;

export function startLoad(world: World, name: string): Load {
  const launches: Launch[] = [];
  const reads: Answer[] = [];
  let begun = 0;
  let stopped = false;
  let failure: Error | undefined;
  // So that whatever happens happens in the middle of some launch.
  world.simulator.setFaults([{ kind: 'delay', action: 'RunInstances', ms: 50 }]);

  async function launchOn(): Promise<void> {
    while (!stopped) {
      begun += 1;
      const key = `${name}-${begun}`;
      launches.push({ key, answers: await world.api.sendUntilServed(launchCall(world, key)) });
      await sleep(pauseMs);
    }
  }

  async function readOn(path: string): Promise<void> {
    while (!stopped) {
      reads.push(...(await world.api.sendUntilServed({ method: 'GET', path })));
      await sleep(pauseMs);
    }
  }

  const workers = [
    ...Array.from({ length: writers }, launchOn),
    // One of the cloud-adapter, one of the credentials service.
    readOn(`/v1/clouds/ec2/accounts/${world.account}/instances?limit=5`),
    readOn('/v1/tokens/current'),
  ].map((work) =>
    work.catch((err: unknown) => {
      failure ??= err instanceof Error ? err : new Error(String(err));
      stopped = true;
    }),
  );

  return {
    async more(count) {
      const [launchedBefore, readBefore] = [begun, reads.length];
      const isNew = ({ key }: Launch) => Number(key.slice(name.length + 1)) > launchedBefore;
      await eventually(
        () => {
          if (failure) return true;
          return launches.filter(isNew).length >= count && reads.length >= readBefore + count;
        },
        { timeoutMs: 90_000, message: `The load does not get on: ${launches.length} launches` },
      );
      if (failure) throw failure;
    },
    async stop() {
      stopped = true;
      await Promise.all(workers);
      if (failure) throw failure;
      return { launches, reads };
    },
  };
}
