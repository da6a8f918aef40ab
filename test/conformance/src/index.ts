export type { CloudControl, CloudUnderTest, Operation } from './cloud-under-test.ts';
export {
  CloudNotHere,
  type ConformanceOptions,
  describeCloudConformance,
  type RunningCloud,
} from './describe-cloud-conformance.ts';
