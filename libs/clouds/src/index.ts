export { type ClockReporter, createClockReporter } from './clock-reporter.ts';
export type {
  Cloud,
  CloudCapabilities,
  CloudIdentity,
  CloudSession,
  CredentialsCheck,
  InstanceSpec,
  LaunchOptions,
  PollGroup,
  PollInterval,
  SigningCredentials,
} from './cloud.ts';
export { type CloudConfig, cloudSettings } from './cloud-settings.ts';
export { type Clouds, createClouds } from './clouds.ts';
export { requestTag } from './ec2/calls/launch-instance.ts';
export { createEc2Cloud } from './ec2/create-ec2-cloud.ts';
export type { Ec2CloudOptions, Ec2Timeouts } from './ec2/ec2-cloud-options.ts';
export {
  type CloudClockTransition,
  type OpenCloudsDeps,
  openClouds,
  type UnknownState,
} from './open-clouds.ts';
export { openServiceClouds } from './open-service-clouds.ts';
export { readUpstream, type UpstreamRoute } from './read-upstream.ts';
export type { UpstreamProxy } from './upstream-proxy.ts';
