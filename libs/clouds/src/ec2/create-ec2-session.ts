// One account's view of one region of EC2. What makes the calls is loaded with the first one: with the SDK, it costs more CPU
// than all the rest of a service's start, and many a process that knows the cloud never calls it.
import type { EC2Client } from '@aws-sdk/client-ec2';
import { GatewayError, type ResourceBody } from '@cloud-gateway/contracts';
import type { Change, CloudSession } from '../cloud.ts';
import type { LostAnswerTimes } from './calls/lost-answer-times.ts';
import type { AwsCaller } from './client/aws-caller.ts';
import type { Ec2PollGroup, PublishedOwners } from './poll-groups.ts';
import type { OnUnknownState } from './states.ts';
import { changeWithOwner, withOwner } from './with-owner.ts';

export interface Ec2SessionDeps extends PublishedOwners {
  /** Asked at every call: a role's keys change, and a client may have been thrown out of the cache. */
  readonly connect: (signal: AbortSignal) => Promise<Connected>;
  readonly cloudAccountId: string;
  readonly pollGroups: readonly Ec2PollGroup[];
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
    const { ec2Calls } = await import('./ec2-calls.ts');
    return { calls: ec2Calls, connected: { ...deps, ...(await deps.connect(signal)) } };
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
      const { calls, connected } = await opened(signal);
      for await (const page of calls.listings[group.name](connected, signal)) {
        yield { ...page, items: own(page.items) };
      }
    },
    async look(type, cloudIds, signal) {
      const { calls, connected } = await opened(signal);
      return own(await calls.look(connected, type, cloudIds, signal));
    },
    async create(type, spec, options) {
      const { calls, connected } = await opened(options.signal);
      return ownChange(await calls.creates[type](connected, spec, options));
    },
    async findCreated(type, requestId, signal) {
      const { calls, connected } = await opened(signal);
      return own(await calls.findCreated(connected, type, requestId, signal));
    },
    async update(type, target, patch, options) {
      const { calls, connected } = await opened(options.signal);
      return ownChange(await calls.updates[type](connected, target, patch, options));
    },
    async destroy(type, target, options) {
      const { calls, connected } = await opened(options.signal);
      return ownChange(await calls.destroys[type](connected, target, options));
    },
    async act(action, target, options) {
      const { calls, connected } = await opened(options.signal);
      return ownChange(await calls.act(connected, action, target, options));
    },
    async sharing(type, cloudId, signal) {
      const { calls, connected } = await opened(signal);
      return calls.sharingOf(connected, type, cloudId, signal);
    },
    async share(type, cloudId, sharing, signal) {
      const { calls, connected } = await opened(signal);
      return ownChange(await calls.share(connected, type, cloudId, sharing, signal));
    },
    close() {
      closed = true;
    },
  };
}
