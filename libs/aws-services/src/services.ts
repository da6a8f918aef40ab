import type { AwsService } from './aws-service.ts';
import { catalogue, type ServiceRecord } from './catalogue.ts';
import { originalServices } from './original-services.ts';

/** All services whose requests are signed with SigV4, by id. */
export function allServices(): readonly AwsService[] {
  return catalogue().services;
}

export function findService(id: string): AwsService | undefined {
  return catalogue().byId.get(id);
}

/**
 * Finds a service by any name that it goes by, whatever the capitals, spaces and hyphens: `api gateway`, `Route 53`,
 * `Amazon Simple Queue Service`, `monitoring`, `cognito user pools`. A name that several have is nobody's, but an id is
 * always its own service's. DocumentDB and Neptune are RDS: nothing in a request tells them apart.
 */
export function serviceNamed(name: string): AwsService | undefined {
  names ??= readNames();
  const id = names.get(plain(name)) ?? names.get(withoutMaker(plain(name)));
  return id === undefined ? undefined : findService(id);
}

let names: ReadonlyMap<string, string> | undefined;

/** In order of precedence; later lists add only names that are new. */
function readNames(): ReadonlyMap<string, string> {
  const { services } = catalogue();
  const found = new Map<string, string>();
  const levels: readonly (readonly (readonly [name: string, id: string])[])[] = [
    services.map(({ id }) => [id, id]),
    originalServices.map(({ id, displayName }) => [displayName, id]),
    [...otherNames],
    services.flatMap((service) => namesOf(service).map((name) => [name, service.id] as const)),
    services.map(({ id, endpointPrefix }) => [endpointPrefix, id]),
  ];
  for (const level of levels) {
    const ofLevel = new Map<string, Set<string>>();
    for (const [name, id] of level) ofLevel.set(plain(name), (ofLevel.get(plain(name)) ?? new Set()).add(id));
    for (const [name, ids] of ofLevel) {
      const [id] = ids.size === 1 ? ids : [...ids].filter((each) => isNamesake(each));
      if (id !== undefined && !found.has(name)) found.set(name, id);
    }
  }
  return found;
}

/** Of services that share a name, the one that the signing name is from: `email` is `ses`, not `sesv2`. */
function isNamesake(id: string): boolean {
  return findService(id)?.signingNames.includes(id) ?? false;
}

const otherNames: readonly (readonly [name: string, id: string])[] = [
  ['docdb', 'rds'],
  ['documentdb', 'rds'],
  ['neptune', 'rds'],
  ['kinesis data streams', 'kinesis'],
  ['mobile hub', 'mobile'],
  ['streams.dynamodb', 'dynamodbstreams'],
];

function namesOf({ displayName, fullName, title }: ServiceRecord): readonly string[] {
  const all = [displayName, fullName, title];
  return [...all, ...all.map((name) => withoutMaker(plain(name)))];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function withoutMaker(name: string): string {
  return name.replace(/^(?:amazon|aws)/, '');
}
