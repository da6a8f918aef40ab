import type { Clouds } from '@cloud-gateway/clouds';
import { GatewayError } from '@cloud-gateway/contracts';
import type { CatalogueService, ServiceCatalogue } from './service-catalogue.ts';

interface FoundService {
  /** The cloud's id, by whichever of its names it was asked for. */
  readonly cloud: string;
  readonly service: CatalogueService;
  readonly catalogue: ServiceCatalogue;
}

/** Throws not-found when there is no such cloud, or it has no such service. */
export function findCloudService(
  {
    clouds,
    servicesOf,
  }: { readonly clouds: Pick<Clouds, 'get'>; readonly servicesOf: (cloud: string) => ServiceCatalogue },
  params: { readonly cloud: string; readonly service: string },
): FoundService {
  const { id: cloud } = clouds.get(params.cloud);
  const catalogue = servicesOf(cloud);
  const service = catalogue.find(params.service);
  if (service !== undefined) return { cloud, service, catalogue };
  throw new GatewayError('not-found', {
    message: `${cloud} has no service ${params.service}; GET /v1/cloud-services?all=true lists those that it has.`,
  });
}
