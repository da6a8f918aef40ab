import { cloudListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { describeCloud } from '../describe-cloud.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function cloudList({ clouds, policies }: Pick<HandlerDeps, 'clouds' | 'policies'>): Handler {
  return handler(cloudListRoute, async () => ({
    body: { items: clouds.all().map((cloud) => describeCloud(cloud, policies.ofCloud(cloud.id))) },
  }));
}
