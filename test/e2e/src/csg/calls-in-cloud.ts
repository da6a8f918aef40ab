// What the cloud has seen, as the gateway's own list of calls should have it.
import type { Simulator } from '@cloud-gateway/simulator';

type CallInCloud = ReturnType<Simulator['calls']>['calls'][number];

/** The calls that were forwarded: the simulator signs for some services by names that are not their ids. */
export function callsInCloud({ calls }: Simulator): readonly {
  readonly service: string;
  readonly action: string;
  readonly accessKeyId: string;
}[] {
  return calls()
    .calls.filter(isForwarded)
    .map(({ service, action, accessKeyId }) => ({
      service: idBySigningName[service] ?? service,
      action,
      accessKeyId,
    }));
}

/** The others are the gateway's own: whose the credentials are, a session for a role, what time it is there. */
export function isForwarded({ service }: Pick<CallInCloud, 'service'>): boolean {
  return service !== 'sts' && service !== 'ec2';
}

const idBySigningName: Readonly<Record<string, string>> = {
  AWSMobileHubService: 'mobile',
  mobiletargeting: 'pinpoint',
};
