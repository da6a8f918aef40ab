export { type ClockReporter, createClockReporter } from './clock-reporter.ts';
export type {
  Change,
  Cloud,
  CloudCapabilities,
  CloudIdentity,
  CloudSession,
  CreateOptions,
  CredentialsCheck,
  DestroyOptions,
  ListingPage,
  PollGroup,
  PollInterval,
  ResourceReference,
  SessionPlace,
  SigningCredentials,
  SpecOf,
  StateCapabilities,
  Target,
  TypeCapabilities,
  WriteOptions,
} from './cloud.ts';
export { cloudIdOf, cloudNamesOf } from './cloud-names.ts';
export {
  type CloudConfig,
  cloudSettings,
  type PollIntervalConfig,
  pollIntervalSettings,
} from './cloud-settings.ts';
export { type Clouds, createClouds } from './clouds.ts';
export { requestTag } from './ec2/calls/request-tag.ts';
export { createEc2Cloud } from './ec2/create-ec2-cloud.ts';
export type { Ec2CloudOptions, Ec2Timeouts } from './ec2/ec2-cloud-options.ts';
export {
  type CloudClockTransition,
  type OpenCloudsDeps,
  openClouds,
  type ThrottledCloudCall,
  type UnknownState,
} from './open-clouds.ts';
export { openServiceClouds } from './open-service-clouds.ts';
export { createPollIntervals, type PollIntervals } from './poll-intervals.ts';
export { readUpstream, type UpstreamRoute } from './read-upstream.ts';
export { unsealCredentials } from './unseal-credentials.ts';
export type { UpstreamProxy } from './upstream-proxy.ts';
