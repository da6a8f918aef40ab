import { randomUUID } from 'node:crypto';
import { type Instance, resourceCreateRoute } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';
import type { EventWatch } from '../watch-events.ts';
import { written } from '../written.ts';

export async function launchInstance({
  api,
  account,
  imageId,
  events,
  trace,
  tell,
}: Pick<TourDeps, 'api' | 'trace' | 'tell'> & {
  account: string;
  imageId: string;
  events: EventWatch;
}): Promise<Instance> {
  tell.step('launch-instance', `Launch an instance: POST /v1/clouds/ec2/accounts/${account}/instances`);
  const idempotencyKey = randomUUID();
  const body = {
    region: 'us-east-1',
    imageId,
    instanceType: 't3.micro',
    name: 'demo',
    tags: { purpose: 'demo' },
  };
  const path = `/v1/clouds/ec2/accounts/${account}/instances`;
  const launch = async () =>
    written(await api.call(resourceCreateRoute('instance'), path, { body, idempotencyKey }));
  const instance = await (trace ? trace.record(launch) : launch());
  tell.line(`${instance.cloudId} is ${instance.state}; it is in the store already`);
  const again = await launch();
  tell.line(
    `the same request with the same Idempotency-Key gives ${again.cloudId}: ${again.cloudId === instance.cloudId ? 'no second instance' : 'A SECOND INSTANCE'}`,
  );
  const seen = await events.until(instance.cloudId, 'running');
  tell.done({
    instance: instance.cloudId,
    state: instance.state,
    repeatedWithSameKey: again.cloudId,
    events: seen,
  });
  return instance;
}
