export {
  type CloudControl,
  CloudNotHere,
  type CloudUnderTest,
  type Operation,
  type RunningCloud,
} from './cloud-under-test.ts';
export { type ConformanceOptions, describeCloudConformance } from './describe-cloud-conformance.ts';
