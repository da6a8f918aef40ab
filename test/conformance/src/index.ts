export {
  type CloudControl,
  CloudNotHere,
  type CloudUnderTest,
  type Fault,
  type RunningCloud,
} from './cloud-under-test.ts';
export { type ConformanceOptions, describeCloudConformance } from './describe-cloud-conformance.ts';
export type { Specs } from './specs.ts';
