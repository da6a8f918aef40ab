// One account's view of one region of EC2.
import { type CloudCredentials, GatewayError } from '@cloud-gateway/contracts';
import type { CloudSession } from '../cloud.ts';
import { changeInstanceState } from './calls/change-instance-state.ts';
import type { InstanceCallDeps } from './calls/instance-call.ts';
import { launchInstance } from './calls/launch-instance.ts';
import { rebootInstance } from './calls/reboot-instance.ts';
import { showInstance } from './calls/show-instance.ts';
import type { AwsCaller } from './client/aws-caller.ts';
import type { AwsClients } from './client/aws-clients.ts';
import { awsCredentials } from './client/aws-credentials.ts';
import type { Ec2PollGroup } from './poll-groups.ts';
import type { OnUnknownState } from './states.ts';

export interface Ec2SessionDeps {
  readonly clients: AwsClients;
  readonly call: AwsCaller;
  readonly pollGroups: readonly Ec2PollGroup[];
  readonly publishedImageOwners: readonly string[];
  readonly pageSize: number;
  readonly onUnknownState: OnUnknownState;
}

export function createEc2Session(
  deps: Ec2SessionDeps,
  credentials: CloudCredentials,
  region: string,
): CloudSession {
  const aws = awsCredentials(credentials);
  let closed = false;

  // Asked for at every call, so that a client that was thrown out of the cache is made anew.
  const opened = () => {
    if (closed) throw new GatewayError('internal', { message: 'a closed cloud session was used' });
    return { ...deps, ec2: deps.clients.ec2(aws, region) };
  };
  const instances = (): InstanceCallDeps => opened();

  return {
    async *list(pollGroup, signal) {
      const group = deps.pollGroups.find(({ name }) => name === pollGroup);
      if (group === undefined) {
        throw new GatewayError('internal', { message: `this cloud has no poll group ${pollGroup}` });
      }
      yield* group.list(opened(), signal);
    },
    launchInstance: async (spec, options) => launchInstance(instances(), spec, options),
    startInstance: async (id, signal) => changeInstanceState(instances(), 'start', id, signal),
    stopInstance: async (id, signal) => changeInstanceState(instances(), 'stop', id, signal),
    terminateInstance: async (id, signal) => changeInstanceState(instances(), 'terminate', id, signal),
    rebootInstance: async (id, signal) => rebootInstance(instances(), id, signal),
    showInstance: async (id, signal) => showInstance(instances(), id, signal),
    close() {
      closed = true;
    },
  };
}
