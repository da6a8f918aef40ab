import { cloudShowRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { describeCloud } from '../describe-cloud.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** By any name of the cloud; the answer has its id. */
export function cloudShow({
  clouds,
  policies,
  intervals,
}: Pick<HandlerDeps, 'clouds' | 'policies' | 'intervals'>): Handler {
  return handler(cloudShowRoute, async ({ params }) => {
    const cloud = clouds.get(params.cloud);
    return { body: describeCloud(cloud, { connectionPolicy: policies.ofCloud(cloud.id), intervals }) };
  });
}
