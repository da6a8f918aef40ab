// One suite that every Cloud must pass. What a cloud promises is in libs/clouds/src/cloud.ts; here is the proof.
import { CloudNotHere, type CloudUnderTest, type Examined, type RunningCloud } from './cloud-under-test.ts';
import { describeClock } from './suites/describe-clock.ts';
import { describeCredentials } from './suites/describe-credentials.ts';
import { describeFailures } from './suites/describe-failures.ts';
import { describeLaunch } from './suites/describe-launch.ts';
import { describeLifecycle } from './suites/describe-lifecycle.ts';
import { describeListings } from './suites/describe-listings.ts';

export interface ConformanceOptions {
  readonly name: string;
  /** Starts the cloud, once for the whole suite. Rejects with CloudNotHere when it cannot run on this machine. */
  readonly start: () => Promise<RunningCloud>;
}

export function describeCloudConformance({ name, start }: ConformanceOptions): void {
  describe(`Cloud conformance of ${name}`, () => {
    let running: RunningCloud | undefined;
    let examined: CloudUnderTest | undefined;

    before(async function () {
      this.timeout(60_000);
      try {
        running = await start();
      } catch (error) {
        if (!(error instanceof CloudNotHere)) throw error;
        this.skip();
      }
    });

    beforeEach(async () => {
      examined = running?.open();
      await examined?.control.reset();
    });

    afterEach(() => examined?.cloud.close());

    after(async () => running?.stop());

    const cloud: Examined = () => {
      if (examined === undefined) throw new Error('asked outside a test');
      return examined;
    };
    describeCredentials(cloud);
    describeListings(cloud);
    describeLaunch(cloud);
    describeLifecycle(cloud);
    describeFailures(cloud);
    describeClock(cloud);
  });
}
