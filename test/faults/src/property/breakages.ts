// What happens to the gateway's own processes and connections. Each breakage runs to its end, at which everything that
// was stopped runs again.
import { setTimeout as sleep } from 'node:timers/promises';
import { closeBrokerConnections, closeDatabaseConnections, eventually } from '@cloud-gateway/test-support';
import type { SharedWorld } from '../start-shared-world.ts';
import type { World } from '../start-world.ts';
import type { Random } from './random.ts';

export interface Breaker {
  /** Begins one and says which; undefined while another one goes on. */
  breakSomething(): string | undefined;
  /** The cloud's clock is wrong just now. */
  isJumping(): boolean;
  /** Resolves when all is whole again; rejects with what went wrong. */
  whole(): Promise<void>;
}

interface BreakerDeps {
  readonly random: Random;
  readonly world: SharedWorld;
  readonly pollerLeaseMs: number;
  /** False: what a clock that jumps would leave unclear is under way. */
  readonly mayJump: () => boolean;
}

export function createBreaker(deps: BreakerDeps): Breaker {
  const { random, world, pollerLeaseMs, mayJump } = deps;
  let current: Promise<void> | undefined;
  let isJumping = false;

  async function killOne(service: 'poller' | 'cloud-adapter'): Promise<void> {
    await random.pick(world.running(service))?.kill('SIGKILL');
    await world.startAnother(service);
  }

  async function pausePoller(): Promise<void> {
    const poller = random.pick(world.running('poller'));
    poller?.signal('SIGSTOP');
    await sleep(pollerLeaseMs * 1.3);
    poller?.signal('SIGCONT');
  }

  async function jumpClock(): Promise<void> {
    world.simulator.setClockOffsetSeconds(random.pick([400, -400]) ?? 400);
    await sleep(random.int(300, 1500));
    world.simulator.setClockOffsetSeconds(0);
  }

  const cutDatabase = () => closeDatabaseConnections(world.databaseUrl).then(() => undefined);

  async function cutBroker(): Promise<void> {
    await closeBrokerConnections(world.virtualHost.name);
    await eventually(async () => (await readiness(world)).every((status) => status === 200), {
      timeoutMs: 30_000,
      message: 'Every service is ready again',
    });
  }

  return {
    breakSomething() {
      if (current) return undefined;
      const [name, breakage] = random.weighted<[string, () => Promise<void>]>([
        [2, ['kill a poller', () => killOne('poller')]],
        [2, ['kill the adapter', () => killOne('cloud-adapter')]],
        [2, ['pause a poller past its lease', pausePoller]],
        [mayJump() ? 3 : 0, [clockJump, jumpClock]],
        [2, ['cut every connection to the database', cutDatabase]],
        [1, ['cut every connection to the broker', cutBroker]],
      ]);
      isJumping = name === clockJump;
      current = breakage();
      current.then(
        () => {
          current = undefined;
          isJumping = false;
        },
        () => undefined, // whole() tells.
      );
      return name;
    },
    isJumping: () => isJumping,
    async whole() {
      await current;
      current = undefined;
      await eventually(async () => (await readiness(world)).every((status) => status === 200), {
        timeoutMs: 30_000,
        message: 'Every service is ready again',
      });
    },
  };
}

const clockJump = 'let the cloud’s clock jump';

function readiness(world: World): Promise<number[]> {
  return Promise.all(world.running().map((one) => one.readiness()));
}
