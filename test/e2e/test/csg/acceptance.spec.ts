// The acceptance checklist of the original product, with the SDK for JavaScript and with boto3, through a gateway that
// runs as its users run it. The suites build upon one another.
import { driverNames, useAcceptance } from '../../src/csg/acceptance.ts';
import { describeCalls } from '../../src/csg/suites/describe-calls.ts';
import { describeEnd } from '../../src/csg/suites/describe-end.ts';
import { describeKeys } from '../../src/csg/suites/describe-keys.ts';
import { describeOtherWays } from '../../src/csg/suites/describe-other-ways.ts';
import { describeRole } from '../../src/csg/suites/describe-role.ts';
import { describeTraces } from '../../src/csg/suites/describe-traces.ts';

describe('the proxy door: the acceptance of the original', function () {
  this.timeout(60_000);
  const acceptance = useAcceptance();

  describeKeys(acceptance);
  for (const name of driverNames) describeCalls(name, acceptance);
  describeOtherWays(acceptance);
  describeEnd(acceptance);
  describeRole(acceptance);
  describeTraces(acceptance);
});
