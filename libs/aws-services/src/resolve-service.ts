// Host and credential scope have to say the same. Either alone could be made to point where nobody approved.
import { catalogue } from './catalogue.ts';
import type { Endpoint } from './endpoint.ts';
import { findEndpoint } from './find-endpoint.ts';
import { mainFirst } from './main-service.ts';
import { partitionOfRegion } from './partition-of-region.ts';

export interface ResolveServiceInput {
  /** The host that the client wants; leave it out in endpoint mode, where the client only knows our name. */
  readonly host?: string | undefined;
  /** Service and region of the credential scope. */
  readonly signingName: string;
  readonly region: string;
}

export type Resolution =
  | {
      readonly ok: true;
      /** Ids of the services it can be; `operationOf` says which. Never empty. */
      readonly services: readonly string[];
      readonly partition: string;
      /** Undefined in endpoint mode: see `hostFor`. */
      readonly endpoint: Endpoint | undefined;
    }
  | { readonly ok: false; readonly reason: ResolutionRefusal; readonly message: string };

export type ResolutionRefusal =
  /** No endpoint of AWS. */
  | 'unknown-host'
  /** The scope names a service that does not answer at that host, or none that exists. */
  | 'scope-mismatch'
  /** The scope names a region that the host is not signed for, or none that exists. */
  | 'region-mismatch';

export function resolveService({ host, signingName, region }: ResolveServiceInput): Resolution {
  return host === undefined ? resolveScope(signingName, region) : resolveHost(host, signingName, region);
}

function resolveHost(host: string, signingName: string, region: string): Resolution {
  const endpoint = findEndpoint(host);
  if (!endpoint) return refuse('unknown-host', 'The host is no endpoint of an AWS service.');
  const services = endpoint.signingNames.includes(signingName)
    ? signedAs(signingName, endpoint.services)
    : [];
  if (services.length === 0) {
    return refuse(
      'scope-mismatch',
      `${endpoint.host} is signed for ${endpoint.signingNames.join(' or ')}, not for ${quote(signingName)}.`,
    );
  }
  const { partition, signingRegion } = endpoint;
  const agrees =
    signingRegion === undefined ? partitionOfRegion(region)?.id === partition : signingRegion === region;
  if (!agrees) {
    const expected = signingRegion ?? `a region of the partition ${partition}`;
    return refuse('region-mismatch', `${endpoint.host} is signed for ${expected}, not for ${quote(region)}.`);
  }
  return { ok: true, services, partition, endpoint };
}

function resolveScope(signingName: string, region: string): Resolution {
  const services = signedAs(signingName, undefined);
  if (services.length === 0)
    return refuse('scope-mismatch', `No AWS service is signed for ${quote(signingName)}.`);
  const partition = partitionOfRegion(region);
  if (!partition) return refuse('region-mismatch', `${quote(region)} is no region of AWS.`);
  return { ok: true, services, partition: partition.id, endpoint: undefined };
}

function signedAs(signingName: string, among: readonly string[] | undefined): readonly string[] {
  const { byId } = catalogue();
  const candidates = among?.flatMap((id) => byId.get(id) ?? []) ?? catalogue().services;
  const signed = candidates.filter(({ signingNames }) => signingNames.includes(signingName));
  return mainFirst(signed).map(({ id }) => id);
}

/** The scope is the client's text: cut, so that a message stays a message. */
function quote(text: string): string {
  return JSON.stringify(text.slice(0, 64));
}

function refuse(reason: ResolutionRefusal, message: string): Resolution {
  return { ok: false, reason, message };
}
