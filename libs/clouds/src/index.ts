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
} from './cloud.ts';
export { type CloudConfig, cloudSettings } from './cloud-settings.ts';
export { type Clouds, createClouds } from './clouds.ts';
export { requestTag } from './ec2/calls/launch-instance.ts';
export { createEc2Cloud, type Ec2CloudOptions, type Ec2Timeouts } from './ec2/create-ec2-cloud.ts';
export {
  type CloudClockTransition,
  type OpenCloudsDeps,
  openClouds,
  type UnknownState,
} from './open-clouds.ts';
export { openServiceClouds } from './open-service-clouds.ts';
