import type { FieldIssue } from '@cloud-gateway/contracts';

export interface CatalogueService {
  /** By which it is requested and stored: `apigateway`. */
  readonly id: string;
  /** As people call it: `API Gateway`. */
  readonly name: string;
}

/** The services that a cloud has. */
export interface ServiceCatalogue {
  /** Takes an id or a name in any spelling: `apigateway`, `api gateway`. */
  find(nameOrId: string): CatalogueService | undefined;
  all(): readonly CatalogueService[];
  /** Ids of those that can be requested everywhere; the others where an administrator has allowed them. */
  readonly alwaysRequestable: ReadonlySet<string>;
  /** `service:Action` of the calls that hand out real credentials of the cloud. */
  readonly credentialActions: ReadonlySet<string>;
}

/** Of a cloud whose services the proxy does not serve. */
export const noServices: ServiceCatalogue = {
  find: () => undefined,
  all: () => [],
  alwaysRequestable: new Set(),
  credentialActions: new Set(),
};

/** Gives the issue of a service that the catalogue does not have. `path` says where it stands in the request. */
export function unknownService(path: string, nameOrId: string): FieldIssue {
  return {
    path,
    message: `there is no service ${nameOrId}; GET /v1/cloud-services?all=true lists those that there are`,
  };
}

export interface KnownServices {
  readonly clouds: { all(): readonly { readonly id: string }[] };
  readonly servicesOf: (cloud: string) => ServiceCatalogue;
}

/** Finds a service where no cloud is named: in the first cloud that has it. */
export function findServiceOfAnyCloud(
  { clouds, servicesOf }: KnownServices,
  nameOrId: string,
): CatalogueService | undefined {
  for (const { id } of clouds.all()) {
    const service = servicesOf(id).find(nameOrId);
    if (service !== undefined) return service;
  }
  return undefined;
}
