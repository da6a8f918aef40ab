// Which services a request means: people write `API Gateway`, stored and compared are ids.
import { type FieldIssue, GatewayError } from '@cloud-gateway/contracts';
import type { AllowedService } from '@cloud-gateway/store';
import { type ServiceCatalogue, unknownService } from './service-catalogue.ts';

interface WantedServices {
  readonly names: readonly string[];
  readonly cloud: string;
  readonly catalogue: ServiceCatalogue;
  /** What the organization allows beyond what everybody may request. */
  readonly allowed: readonly AllowedService[];
}

/**
 * Gives the ids, each once, in the order of asking. Throws validation-failed with an issue for every service that is
 * unknown or not allowed.
 */
export function requestedServices({ names, cloud, catalogue, allowed }: WantedServices): string[] {
  const allowedIds = new Set(allowed.filter((each) => each.cloud === cloud).map(({ service }) => service));
  const issues: FieldIssue[] = [];
  const ids = new Set<string>();
  for (const [index, name] of names.entries()) {
    const path = `body.services.${index}`;
    const service = catalogue.find(name);
    if (service === undefined) issues.push(unknownService(path, name));
    else if (catalogue.alwaysRequestable.has(service.id) || allowedIds.has(service.id)) ids.add(service.id);
    else issues.push({ path, message: `${service.name} is not allowed here yet; ask an administrator` });
  }
  if (issues.length === 0) return [...ids];
  throw new GatewayError('validation-failed', {
    message: 'Some of these services cannot be requested.',
    issues,
  });
}
