import type { cloudServiceAllowRoute } from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';
import type { AllowedService } from '@cloud-gateway/store';
import type { CatalogueService, ServiceCatalogue } from './service-catalogue.ts';

interface ServiceOfCloud {
  readonly cloud: string;
  readonly service: CatalogueService;
  readonly catalogue: ServiceCatalogue;
  /** What the organization allows. */
  readonly allowed: readonly AllowedService[];
}

export function toCloudServiceBody({
  cloud,
  service: { id, name },
  catalogue,
  allowed,
}: ServiceOfCloud): HandlerAnswer<typeof cloudServiceAllowRoute>['body'] {
  const permit = allowed.find((each) => each.cloud === cloud && each.service === id);
  const isAlways = catalogue.alwaysRequestable.has(id);
  return {
    cloud,
    service: id,
    name,
    requestable: isAlways || permit !== undefined,
    allowedBy: isAlways ? null : (permit?.allowedBy ?? null),
  };
}
