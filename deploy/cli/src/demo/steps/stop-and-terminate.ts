import type { Instance } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';
import type { EventWatch } from '../watch-events.ts';

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
  ] as const) {
    tell.step(
      `${action}-instance`,
      `${action === 'stop' ? 'Stop' : 'Terminate'} it: POST …/instances/${instance.cloudId}/${action}`,
    );
    const params = { cloud: 'ec2', account, id: instance.cloudId };
    const answer = await api.call(`instance-${action}`, { params });
    tell.line(`answered at once: ${answer.state}`);
    const seen = await events.until(instance.cloudId, state);
    tell.done({ instance: instance.cloudId, answered: answer.state, events: seen });
  }
}
