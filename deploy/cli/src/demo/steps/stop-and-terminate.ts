import { type Instance, type InstanceAction, instanceActionRoute } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';
import type { EventWatch } from '../watch-events.ts';
import { written } from '../written.ts';

export async function stopAndTerminate({
  api,
  account,
  instance,
  events,
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & {
  account: string;
  instance: Instance;
  events: EventWatch;
}): Promise<void> {
  for (const [action, state] of [
    ['stop', 'stopped'],
    ['terminate', 'terminated'],
  ] as const satisfies [InstanceAction, string][]) {
    tell.step(
      `${action}-instance`,
      `${action === 'stop' ? 'Stop' : 'Terminate'} it: POST …/instances/${instance.cloudId}/${action}`,
    );
    const path = `/v1/clouds/ec2/accounts/${account}/instances/${instance.cloudId}/${action}`;
    const answer = written(await api.call(instanceActionRoute(action), path));
    tell.line(`answered at once: ${answer.state}`);
    const seen = await events.until(instance.cloudId, state);
    tell.done({ instance: instance.cloudId, answered: answer.state, events: seen });
  }
}
