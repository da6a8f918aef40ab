import type { ServiceRecord } from './catalogue.ts';

/** Of services that share a signing name, the one that the name is from: `ses` of ses, sesv2 and pinpoint-email. */
export function isMain({ id, endpointPrefix }: ServiceRecord, signingName: string): boolean {
  return id === signingName || endpointPrefix === signingName;
}

/** Puts those first that their signing names are from. */
export function mainFirst(services: readonly ServiceRecord[]): readonly ServiceRecord[] {
  const rank = (service: ServiceRecord) =>
    service.signingNames.includes(service.id)
      ? 0
      : service.signingNames.some((name) => isMain(service, name))
        ? 1
        : 2;
  return services.toSorted((a, b) => rank(a) - rank(b));
}
