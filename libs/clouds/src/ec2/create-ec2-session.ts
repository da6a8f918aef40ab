// One account's view of one region of EC2.
import type { EC2Client } from '@aws-sdk/client-ec2';
import { GatewayError } from '@cloud-gateway/contracts';
import type { CloudSession } from '../cloud.ts';
import { changeInstanceState } from './calls/change-instance-state.ts';
import type { InstanceCallDeps } from './calls/instance-call.ts';
import { launchInstance } from './calls/launch-instance.ts';
import { rebootInstance } from './calls/reboot-instance.ts';
import { showInstance } from './calls/show-instance.ts';
import type { AwsCaller } from './client/aws-caller.ts';
import type { Ec2PollGroup } from './poll-groups.ts';
import type { OnUnknownState } from './states.ts';

export interface Ec2SessionDeps {
  /** Asked at every call: a role's keys change, and a client may have been thrown out of the cache. */
  readonly connect: (signal: AbortSignal) => Promise<Connected>;
  readonly pollGroups: readonly Ec2PollGroup[];
  readonly publishedImageOwners: readonly string[];
  readonly pageSize: number;
  readonly onUnknownState: OnUnknownState;
}

interface Connected {
  readonly ec2: EC2Client;
  readonly call: AwsCaller;
}

export function createEc2Session(deps: Ec2SessionDeps): CloudSession {
  let closed = false;

  const opened = async (signal: AbortSignal) => {
    if (closed) throw new GatewayError('internal', { message: 'a closed cloud session was used' });
    return { ...deps, ...(await deps.connect(signal)) };
  };
  const instances = async (signal: AbortSignal): Promise<InstanceCallDeps> => opened(signal);

  return {
    async *list(pollGroup, signal) {
      const group = deps.pollGroups.find(({ name }) => name === pollGroup);
      if (group === undefined) {
        throw new GatewayError('internal', { message: `this cloud has no poll group ${pollGroup}` });
      }
      yield* group.list(await opened(signal), signal);
    },
    launchInstance: async (spec, options) => launchInstance(await instances(options.signal), spec, options),
    startInstance: async (id, signal) => changeInstanceState(await instances(signal), 'start', id, signal),
    stopInstance: async (id, signal) => changeInstanceState(await instances(signal), 'stop', id, signal),
    terminateInstance: async (id, signal) =>
      changeInstanceState(await instances(signal), 'terminate', id, signal),
    rebootInstance: async (id, signal) => rebootInstance(await instances(signal), id, signal),
    showInstance: async (id, signal) => showInstance(await instances(signal), id, signal),
    close() {
      closed = true;
    },
  };
}
