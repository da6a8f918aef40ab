// A random interleaving: clients write, somebody works in the cloud's console, the cloud lies and fails, processes die
// and connections break. At the end everything is healed, and every write was answered for good.

import { setTimeout as sleep } from 'node:timers/promises';
import type { CreatableType } from '@cloud-gateway/contracts';
import { rememberSecret } from '@cloud-gateway/test-support';
import type { Answer } from '../api-client.ts';
import { type Breaker, createBreaker } from './breakages.ts';
import { type ClientWrite, chooseClientWrite, isUnclearWhenLost } from './client-writes.ts';
import { changeInConsole } from './console-changes.ts';
import type { SyncFollower } from './follow-sync.ts';
import { createLiar, type Liar } from './lies.ts';
import { type PropertyWorld, pollerLeaseMs } from './property-world.ts';
import { createRandom, type Random } from './random.ts';

export interface RunOptions {
  readonly seed: number;
  readonly steps: number;
  readonly isPatient: boolean;
  readonly followers: readonly SyncFollower[];
  /** Takes a line for each step. */
  readonly note: (line: string) => void;
}

/** A write that was asked for until it was answered for good. */
export interface AnsweredWrite {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly makes: CreatableType | undefined;
  /** The last answer to each who asked. */
  readonly answers: readonly Answer[];
}

export async function runSteps(property: PropertyWorld, options: RunOptions): Promise<AnsweredWrite[]> {
  const run = createRun(property, options);
  const { random } = run;
  const { simulator } = property.world;
  const lag = random.pick([0, 200, 1200]) ?? 0;
  simulator.setLagMs(lag);
  simulator.setChangeLagMs(lag);
  for (let step = 1; step <= options.steps; step += 1) {
    await random.weighted<() => Promise<void> | void>([
      [12, run.write],
      [6, run.change],
      [4, run.lie],
      [1.5, run.breakSomething],
      [3, run.ask],
    ])();
    await sleep(random.int(0, 80));
  }
  simulator.setFaults([]);
  simulator.setClockOffsetSeconds(0);
  simulator.setPaging('none');
  simulator.setLagMs(0);
  simulator.setChangeLagMs(0);
  options.note('healed');
  await run.breaker.whole();
  return run.answered();
}

function createRun(property: PropertyWorld, { seed, isPatient, followers, note }: RunOptions) {
  const { world, witness, place, otherAccountId } = property;
  const { simulator, account } = world;
  const random: Random = createRandom(seed);
  const liar: Liar = createLiar({ random, simulator, store: world.store, account, place, isPatient });
  const unclear = new Set<string>();
  const mayJump = () => isPatient || unclear.size === 0;
  const breaker: Breaker = createBreaker({ ...property, random, pollerLeaseMs, mayJump });
  const writes = new Set<Promise<AnsweredWrite>>();
  const asking = new Set<SyncFollower>();
  let underWay = 0;
  let count = 0;

  async function serve(write: ClientWrite, name: string, askers: number): Promise<AnsweredWrite> {
    underWay += 1;
    try {
      const all = await Promise.all(
        Array.from({ length: askers }, () => world.api.sendUntilServed(write.call)),
      );
      const answers = all.map((of) => of.at(-1) as Answer);
      for (const answer of answers) rememberPrivateKey(answer);
      note(`  answered ${name}: ${all.map((of) => inShort(of)).join('; ')}`);
      const { method, path } = write.call;
      return { name, method, path, makes: write.makes, answers };
    } finally {
      underWay -= 1;
      unclear.delete(name);
    }
  }

  return {
    random,
    breaker,
    answered: () => Promise.all(writes),

    write() {
      if (underWay >= writesMax) return;
      count += 1;
      const name = `seed-${seed}-${count}`;
      const snapshot = simulator.snapshot(place);
      const write = chooseClientWrite({
        random,
        snapshot,
        account,
        region: place.region,
        otherAccountId,
        name,
      });
      if (!write) return;
      if (isUnclearWhenLost(write)) {
        if (!isPatient && breaker.isJumping()) return;
        unclear.add(name);
      }
      if (write.makes && random.chance(0.25)) note(`the cloud: ${liar.loseAnswerOf(write.makes)}`);
      const askers = random.chance(0.2) ? 2 : 1;
      note(
        `${name}: ${write.call.method} ${write.call.path} ${JSON.stringify(write.call.body) ?? ''} by ${askers}`,
      );
      const served = serve(write, name, askers);
      served.catch(() => undefined); // answered() tells.
      writes.add(served);
    },

    change() {
      count += 1;
      witness.look(); // What goes now may have come a moment ago.
      const done = changeInConsole({
        random,
        simulator,
        place,
        otherAccountId,
        name: `seed-${seed}-${count}`,
      });
      if (done !== undefined) note(`in the console: ${done}`);
    },

    async lie() {
      const lie = await liar.lie().catch(() => undefined); // The database may have no time for us.
      if (lie !== undefined) note(`the cloud: ${lie}`);
    },

    breakSomething() {
      const breakage = breaker.breakSomething();
      if (breakage !== undefined) note(`broken: ${breakage}`);
    },

    ask() {
      const follower = random.pick(followers);
      const limit = random.int(1, 30);
      if (follower === undefined || asking.has(follower)) return;
      asking.add(follower);
      // In its own time; a client that is not answered asks again from where it was.
      void follower.ask(limit).then(
        () => asking.delete(follower),
        () => asking.delete(follower),
      );
    },
  };
}

const writesMax = 8;

function rememberPrivateKey(answer: Answer): void {
  const { privateKey } = (answer.kind === 'answer' ? answer.body : {}) as { privateKey?: unknown };
  if (typeof privateKey === 'string') rememberSecret(privateKey);
}

/** `503 unavailable ×3, 201 vol-…` */
function inShort(answers: readonly Answer[]): string {
  const words = answers.map((answer) => {
    if (answer.kind === 'refused') return answer.reason;
    const { code, detail, cloudId } = answer.body as Record<string, unknown>;
    const said = [answer.status, code, answer.status < 500 && detail, cloudId, answer.replayed && 'replayed'];
    return said.filter(Boolean).join(' ').slice(0, 160);
  });
  const runs = words.filter((word, index) => word !== words[index - 1]);
  return runs.map((word) => `${word} ×${words.filter((other) => other === word).length}`).join(', ');
}
