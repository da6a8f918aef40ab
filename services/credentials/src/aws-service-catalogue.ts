// What AWS has, from the catalogue of its endpoints. The fifteen of the original can be requested everywhere.
import {
  allServices,
  credentialVendingActions,
  originalServices,
  serviceNamed,
} from '@cloud-gateway/aws-services';
import type { CatalogueService, ServiceCatalogue } from './service-catalogue.ts';

const originalNames = new Map<string, string>(
  originalServices.map(({ id, displayName }) => [id, displayName]),
);

export const awsServiceCatalogue: ServiceCatalogue = {
  find(nameOrId) {
    const service = serviceNamed(nameOrId);
    return service && toCatalogueService(service);
  },
  all: () => allServices().map(toCatalogueService),
  alwaysRequestable: new Set(originalNames.keys()),
  credentialActions: new Set(credentialVendingActions.keys()),
};

function toCatalogueService({
  id,
  displayName,
}: {
  readonly id: string;
  readonly displayName: string;
}): CatalogueService {
  return { id, name: originalNames.get(id) ?? displayName };
}
