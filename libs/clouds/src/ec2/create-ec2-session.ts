// One account's view of one region of EC2.
import type { EC2Client } from '@aws-sdk/client-ec2';
import { GatewayError, type ResourceBody } from '@cloud-gateway/contracts';
import type { Change, CloudSession } from '../cloud.ts';
import { act } from './calls/act.ts';
import { creates } from './calls/creates.ts';
import { destroys } from './calls/destroys.ts';
import { findCreated } from './calls/find-created.ts';
import type { LostAnswerTimes } from './calls/lost-answer-times.ts';
import { share, sharingOf } from './calls/sharing.ts';
import { updates } from './calls/updates.ts';
import type { AwsCaller } from './client/aws-caller.ts';
import { look } from './look/look.ts';
import type { Ec2PollGroup } from './poll-groups.ts';
import type { OnUnknownState } from './states.ts';
import { changeWithOwner, withOwner } from './with-owner.ts';

export interface Ec2SessionDeps {
  /** Asked at every call: a role's keys change, and a client may have been thrown out of the cache. */
  readonly connect: (signal: AbortSignal) => Promise<Connected>;
  readonly cloudAccountId: string;
  readonly pollGroups: readonly Ec2PollGroup[];
  readonly publishedImageOwners: readonly string[];
  readonly publishedSnapshotOwners: readonly string[];
  readonly pageSize: number;
  readonly onUnknownState: OnUnknownState;
  readonly lostAnswer: LostAnswerTimes;
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
  const own = <B extends ResourceBody>(bodies: readonly B[]): B[] =>
    bodies.map((body) => withOwner(body, deps.cloudAccountId));
  const ownChange = (change: Change): Change => changeWithOwner(change, deps.cloudAccountId);

  return {
    async *list(pollGroup, signal) {
      const group = deps.pollGroups.find(({ name }) => name === pollGroup);
      if (group === undefined) {
        throw new GatewayError('internal', { message: `this cloud has no poll group ${pollGroup}` });
      }
      for await (const page of group.list(await opened(signal), signal)) {
        yield { ...page, items: own(page.items) };
      }
    },
    look: async (type, cloudIds, signal) => own(await look(await opened(signal), type, cloudIds, signal)),
    create: async (type, spec, options) =>
      ownChange(await creates[type](await opened(options.signal), spec, options)),
    findCreated: async (type, requestId, signal) =>
      own(await findCreated(await opened(signal), type, requestId, signal)),
    update: async (type, target, patch, options) =>
      ownChange(await updates[type](await opened(options.signal), target, patch, options)),
    destroy: async (type, target, options) =>
      ownChange(await destroys[type](await opened(options.signal), target, options)),
    act: async (action, target, options) =>
      ownChange(await act(await opened(options.signal), action, target, options)),
    sharing: async (type, cloudId, signal) => sharingOf(await opened(signal), type, cloudId, signal),
    share: async (type, cloudId, sharing, signal) =>
      ownChange(await share(await opened(signal), type, cloudId, sharing, signal)),
    close() {
      closed = true;
    },
  };
}
