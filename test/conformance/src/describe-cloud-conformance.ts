// One suite that every Cloud must pass. What a cloud promises is in libs/clouds/src/cloud.ts; here is the proof.
import { CloudNotHere, type CloudUnderTest, type Examined, type RunningCloud } from './cloud-under-test.ts';
import { describeActions } from './suites/describe-actions.ts';
import { describeBudgets } from './suites/describe-budgets.ts';
import { describeCapabilities } from './suites/describe-capabilities.ts';
import { describeClock } from './suites/describe-clock.ts';
import { describeCredentials } from './suites/describe-credentials.ts';
import { describeDerived } from './suites/describe-derived.ts';
import { describeFailures } from './suites/describe-failures.ts';
import { describeLag } from './suites/describe-lag.ts';
import { describeListings } from './suites/describe-listings.ts';
import { describeRepetition } from './suites/describe-repetition.ts';
import { describeSharing } from './suites/describe-sharing.ts';
import { describeTypes } from './suites/describe-types.ts';

export interface ConformanceOptions {
  readonly name: string;
  /** Starts the cloud, once for the whole suite. Rejects with CloudNotHere when it cannot run on this machine. */
  readonly start: () => Promise<RunningCloud>;
}

export function describeCloudConformance({ name, start }: ConformanceOptions): void {
  describe(`Cloud conformance of ${name}`, function () {
    this.timeout(60_000);
    let running: RunningCloud | undefined;
    let examined: CloudUnderTest | undefined;

    before(async function () {
      try {
        running = await start();
      } catch (error) {
        if (!(error instanceof CloudNotHere)) throw error;
        this.skip();
      }
    });

    beforeEach(async function () {
      examined = running?.open();
      const title = this.currentTest?.fullTitle() ?? '';
      if (examined?.gaps.some((gap) => title.includes(gap)) === true) this.skip();
      await examined?.control.reset();
    });

    afterEach(() => {
      examined?.cloud.close();
      examined?.frugal.close();
    });

    after(async () => running?.stop());

    const cloud: Examined = () => {
      if (examined === undefined) throw new Error('asked outside a test');
      return examined;
    };
    describeCredentials(cloud);
    describeCapabilities(cloud);
    describeTypes(cloud);
    describeDerived(cloud);
    describeActions(cloud);
    describeSharing(cloud);
    describeListings(cloud);
    describeRepetition(cloud);
    describeLag(cloud);
    describeFailures(cloud);
    describeBudgets(cloud);
    describeClock(cloud);
  });
}
