import { cloudServiceListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toCloudServiceBody } from '../cloud-service-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clouds' | 'servicesOf'>;

export function cloudServiceList({ store, clouds, servicesOf }: Deps): Handler {
  return handler(cloudServiceListRoute, async ({ caller: { organizationId }, query }) => {
    const asked = query.cloud === undefined ? clouds.all() : [clouds.get(query.cloud)];
    const allowed = await store.read.allowedServices.list(organizationId);
    const items = asked.flatMap(({ id: cloud }) => {
      const catalogue = servicesOf(cloud);
      return catalogue.all().map((service) => toCloudServiceBody({ cloud, service, catalogue, allowed }));
    });
    return { body: { items: query.all === 'true' ? items : items.filter(({ requestable }) => requestable) } };
  });
}
