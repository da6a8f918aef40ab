// Our own simulator: it checks signatures and clocks, keeps ClientTokens, and can be made to fail.
import { createTestClock } from '@cloud-gateway/clock';
import type { CloudCredentials } from '@cloud-gateway/contracts';
import { type FaultRule, type Simulator, start } from '@cloud-gateway/simulator';
import type { CloudControl, Operation, RunningCloud } from './cloud-under-test.ts';
import { firstPublishedImage } from './first-published-image.ts';
import { openEc2 } from './open-ec2.ts';

const cloudAccountId = '123456789012';

const owner = {
  accessKeyId: 'SIMCONFORMANCEOWNER',
  secretAccessKey: 'conformance-secret-of-the-owner',
  accountId: cloudAccountId,
  userName: 'owner',
};

const credentials = accessKey(owner);

const actions: Readonly<Record<Operation, string>> = {
  launch: 'RunInstances',
  'list-instances': 'DescribeInstances',
  stop: 'StopInstances',
  reboot: 'RebootInstances',
};

/** Its clock stands still, and so do ours, so that "exactly 300 seconds" means just that. */
export async function startSimulator(): Promise<RunningCloud> {
  const startMs = Date.now();
  const simulator = await start(
    { users: [owner], roles: [], regions: ['us-east-1'], transitionMs: 0, paging: 'harsh' },
    { clock: createTestClock(startMs) },
  );
  const imageId = await firstPublishedImage(simulator.url, credentials);
  return {
    open: () => ({
      ...openEc2(simulator.url, startMs),
      credentials,
      cloudAccountId,
      spec: { imageId, instanceType: 't3.micro', tags: {} },
      control: simulatorControl(simulator),
    }),
    stop: async () => simulator.stop(),
  };
}

function simulatorControl(simulator: Simulator): CloudControl {
  const fault = async (rule: FaultRule) => simulator.setFaults([rule]);
  return {
    isStrict: true,
    wrongSecret: accessKey({ ...owner, secretAccessKey: 'conformance-secret-of-nobody' }),
    reset: async () => simulator.reset(),
    throttleOnce: async (operation) => fault({ kind: 'throttle', action: actions[operation], times: 1 }),
    delay: async (operation, ms) => fault({ kind: 'delay', action: actions[operation], ms }),
    resetAfterEffectOnce: async (operation) =>
      fault({ kind: 'reset-after', action: actions[operation], times: 1 }),
    setClockOffsetSeconds: async (seconds) => simulator.setClockOffsetSeconds(seconds),
    countCalls: async (operation) => simulator.calls().counts[`ec2:${actions[operation]}`] ?? 0,
    deny: async (permission) => {
      const restricted = {
        accessKeyId: 'SIMCONFORMANCERESTRICTED',
        secretAccessKey: 'conformance-secret-of-the-restricted',
        accountId: cloudAccountId,
        userName: 'restricted',
        deniedActions: [permission],
      };
      simulator.addAccessKey(restricted);
      return accessKey(restricted);
    },
  };
}

function accessKey({
  accessKeyId,
  secretAccessKey,
}: {
  accessKeyId: string;
  secretAccessKey: string;
}): Extract<CloudCredentials, { kind: 'access-key' }> {
  return { kind: 'access-key', accessKeyId, secretAccessKey };
}
