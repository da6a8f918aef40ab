import { cloudListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { describeCloud } from '../describe-cloud.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function cloudList({
  clouds,
  policies,
  intervals,
}: Pick<HandlerDeps, 'clouds' | 'policies' | 'intervals'>): Handler {
  return handler(cloudListRoute, async () => ({
    body: {
      items: clouds
        .all()
        .map((cloud) => describeCloud(cloud, { connectionPolicy: policies.ofCloud(cloud.id), intervals })),
    },
  }));
}
