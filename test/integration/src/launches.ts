import { type Instance, resourceCreateRoute } from '@cloud-gateway/contracts';
import type { ApiClient } from './api-client.ts';
import type { Gateway } from './start-gateway.ts';
import { written } from './written.ts';

export const region = 'us-east-1';

export function pathOf({ account }: Pick<Gateway, 'account'>): { cloud: string; account: string } {
  return { cloud: 'ec2', account };
}

/** What launches an instance; with an idempotency key, the same one each time. */
export function launchBody({ simulator, user }: Gateway, changes: Readonly<Record<string, unknown>> = {}) {
  const [image] = simulator.snapshot({ accountId: user.accountId, region }).images;
  if (!image) throw new Error('The account has no image');
  return { region, imageId: image.id, instanceType: 't3.micro', ...changes };
}

export async function launch(gateway: Gateway, client: ApiClient): Promise<Instance> {
  const asked = { params: pathOf(gateway), body: launchBody(gateway) };
  return written(await client.ask(resourceCreateRoute('instance'), asked));
}

/** The ids of the instances that the cloud really has. */
export function instancesInCloud({ simulator, user }: Gateway, where: string = region): string[] {
  return simulator.snapshot({ accountId: user.accountId, region: where }).instances.map(({ id }) => id);
}
