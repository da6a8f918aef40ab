import { cloudListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import type { HandlerDeps } from './handler-deps.ts';

export function cloudList({ clouds }: Pick<HandlerDeps, 'clouds'>): Handler {
  return handler(cloudListRoute, async () => ({
    body: { items: clouds.all().map((cloud) => cloud.capabilities()) },
  }));
}
