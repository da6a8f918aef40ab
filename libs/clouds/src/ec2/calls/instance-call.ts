import type { EC2Client } from '@aws-sdk/client-ec2';
import type { AwsCaller } from '../client/aws-caller.ts';
import type { OnUnknownState } from '../states.ts';

/** What the calls about one instance work with. */
export interface InstanceCallDeps {
  readonly ec2: EC2Client;
  readonly call: AwsCaller;
  readonly onUnknownState: OnUnknownState;
}
