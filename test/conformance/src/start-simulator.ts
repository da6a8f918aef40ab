// Our own simulator: it checks signatures and clocks, keeps ClientTokens, and can be made to lie and fail.
import { createTestClock, type TestClock } from '@cloud-gateway/clock';
import { type FaultRule, type Simulator, start } from '@cloud-gateway/simulator';
import type { CloudControl, Fault, RunningCloud, TestAccount } from './cloud-under-test.ts';
import { ec2Specs } from './ec2-specs.ts';
import { firstPublishedImage } from './first-published-image.ts';
import { openEc2 } from './open-ec2.ts';

const owner = {
  accessKeyId: 'SIMCONFORMANCEOWNER',
  secretAccessKey: 'conformance-secret-of-the-owner',
  accountId: '123456789012',
  userName: 'owner',
};
const other = {
  accessKeyId: 'SIMCONFORMANCESTRANGER',
  secretAccessKey: 'conformance-secret-of-the-stranger',
  accountId: '210987654321',
  userName: 'stranger',
};

const account = accountOf(owner);
const region = 'us-east-1';

/** Its clock stands still, and so do ours, so that "exactly 300 seconds" means just that. */
export async function startSimulator(): Promise<RunningCloud> {
  const startMs = Date.now();
  const clock = createTestClock(startMs);
  const simulator = await start(
    { users: [owner, other], roles: [], regions: [region], transitionMs: 0, paging: 'harsh' },
    { clock },
  );
  const imageId = await firstPublishedImage(simulator.url, account);
  return {
    open: () => ({
      // Few items a page, as no test makes thousands.
      ...openEc2(simulator.url, { startMs, budgetClock: clock, pageSize: 5 }),
      account,
      stranger: accountOf(other),
      specs: ec2Specs,
      given: { imageId, instanceType: 't3.micro', datacenter: `${region}a` },
      gaps: [],
      control: controlOf(simulator, clock, startMs),
    }),
    stop: async () => simulator.stop(),
  };
}

function controlOf(simulator: Simulator, clock: TestClock, startMs: number): CloudControl {
  return {
    wrongSecret: keyOf({ ...owner, secretAccessKey: 'conformance-secret-of-nobody' }),
    async reset() {
      simulator.reset();
      clock.set(startMs);
    },
    setFaults: async (...faults) => simulator.setFaults(faults.map(ruleOf)),
    setClockOffsetSeconds: async (seconds) => simulator.setClockOffsetSeconds(seconds),
    countCalls: async (call) => {
      const { counts } = simulator.calls();
      if (call !== undefined) return counts[`ec2:${call}`] ?? 0;
      // What asks for the time only has no name.
      const named = Object.entries(counts).filter(([name]) => !name.endsWith(':'));
      return named.reduce((sum, [, count]) => sum + count, 0);
    },
    snapshot: async () => simulator.snapshot({ accountId: owner.accountId, region }),
    holdTransitions: async () => simulator.setTransitionMs(60_000),
    passMs: async (ms) => simulator.advanceMs(ms),
    async setLagMs({ created = 0, changed = 0 }) {
      simulator.setLagMs(created);
      simulator.setChangeLagMs(changed);
    },
    // Little more than a tenth of what EC2 publishes: others of the account have used up the rest.
    throttle: async () =>
      simulator.setThrottling({ enabled: true, buckets: { describe: { size: 12, refillPerSecond: 2 } } }),
    countThrottled: async () => simulator.throttled().reduce((sum, { refused }) => sum + refused, 0),
    runClock: () => runWithTime(clock),
    deny: async (permission) => {
      const restricted = {
        accessKeyId: 'SIMCONFORMANCERESTRICTED',
        secretAccessKey: 'conformance-secret-of-the-restricted',
        accountId: owner.accountId,
        userName: 'restricted',
        deniedActions: [permission],
      };
      simulator.addAccessKey(restricted);
      return keyOf(restricted);
    },
  };
}

function ruleOf({ call, zone, ...fault }: Fault): FaultRule {
  return {
    ...fault,
    ...(call !== undefined && { action: call }),
    ...(zone !== undefined && { zone }),
  } as FaultRule;
}

/** Lets it go as fast as time does; gives the way to stop it. */
function runWithTime(clock: TestClock): () => void {
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    clock.advance(nowMs - lastMs);
    lastMs = nowMs;
  }, 5);
  return () => clearInterval(timer);
}

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

function accountOf(user: Key & { readonly accountId: string }): TestAccount {
  return { credentials: keyOf(user), cloudAccountId: user.accountId };
}

function keyOf({ accessKeyId, secretAccessKey }: Key) {
  return { kind: 'access-key' as const, accessKeyId, secretAccessKey };
}
