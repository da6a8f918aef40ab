import { randomUUID } from 'node:crypto';
import type { Instance } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';
import type { EventWatch } from '../watch-events.ts';

export interface LaunchedInstance {
  readonly instance: Instance;
  /** Of the launch. */
  readonly requestId: string;
}

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
}): Promise<LaunchedInstance> {
  tell.step('launch-instance', `Launch an instance: POST /v1/clouds/ec2/accounts/${account}/instances`);
  const idempotencyKey = randomUUID();
  const body = {
    region: 'us-east-1',
    imageId,
    instanceType: 't3.micro',
    name: 'demo',
    tags: { purpose: 'demo' },
  };
  const launch = () =>
    api.send('instance-create', { params: { cloud: 'ec2', account }, body, idempotencyKey });
  const { body: instance, headers } = await (trace ? trace.record(launch) : launch());
  if (!instance) throw new Error('The answer to the launch has no body.');
  tell.line(`${instance.cloudId} is ${instance.state}; it is in the store already`);
  const { body: again } = await launch();
  tell.line(
    `the same request with the same Idempotency-Key gives ${again?.cloudId}: ${again?.cloudId === instance.cloudId ? 'no second instance' : 'A SECOND INSTANCE'}`,
  );
  const seen = await events.until(instance.cloudId, 'running');
  tell.done({
    instance: instance.cloudId,
    state: instance.state,
    repeatedWithSameKey: again?.cloudId,
    events: seen,
  });
  return { instance, requestId: headers['x-request-id'] ?? '' };
}
