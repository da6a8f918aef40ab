// The generated text, read: once, at the first use, since nothing may happen on import. Operations stay text until
// somebody asks for those of a service.
import type { AwsService, Protocol } from './aws-service.ts';
import { catalogueText } from './catalogue-text.ts';

export interface Partition {
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly id: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  /** What endpoints without a region are signed for, unless they say otherwise. */
  readonly implicitGlobalRegion: string;
  /** Regions made after the catalogue are still recognised by their form. */
  readonly regionPattern: RegExp;
  readonly regions: readonly string[];
}

export interface ServiceRecord extends AwsService {
  readonly fullName: string;
  /** The SDKs' name of the service: `Cognito Identity Provider`. */
  readonly title: string;
  readonly endpointPrefix: string;
  /** Its protocol of each kind, where it has one. */
  readonly speaks: ProtocolsByKind;
  /** What X-Amz-Target begins with, before the dot; also the service's name in rpc-v2-cbor. */
  readonly targetPrefix: string | undefined;
  /** Host patterns as to-host-pattern.ts writes them, some followed by `=` and the region that they are signed for, or `*`. */
  readonly hosts: readonly string[];
  /** By region, partition or `*`: the host pattern of a request that names only a region. */
  readonly defaultHosts: ReadonlyMap<string, string>;
  /** One operation per line, as operation-lines.ts writes them; '' unless the service is a REST one. */
  readonly operationLines: string;
}

interface ProtocolsByKind {
  readonly json: Protocol | undefined;
  readonly query: Protocol | undefined;
  readonly rest: Protocol | undefined;
  readonly cbor: Protocol | undefined;
}

export interface Catalogue {
  readonly partitions: readonly Partition[];
  readonly services: readonly ServiceRecord[];
  readonly byId: ReadonlyMap<string, ServiceRecord>;
}

let loaded: Catalogue | undefined;

export function catalogue(): Catalogue {
  loaded ??= readCatalogue(catalogueText);
  return loaded;
}

function readCatalogue(text: string): Catalogue {
  const [partitions = '', ...blocks] = text.split('\n\n');
  const services = blocks.map(readService);
  return {
    partitions: partitions.split('\n').map(readPartition),
    services,
    byId: new Map(services.map((service) => [service.id, service])),
  };
}

function readPartition(line: string): Partition {
  const [
    ,
    id = '',
    dnsSuffix = '',
    dualStackDnsSuffix = '',
    implicitGlobalRegion = '',
    pattern = '',
    ...regions
  ] = line.split(' ');
  const regionPattern = new RegExp(pattern);
  return { id, dnsSuffix, dualStackDnsSuffix, implicitGlobalRegion, regionPattern, regions };
}

function readService(block: string): ServiceRecord {
  const firstOperation = /^[A-Z]+ /m.exec(block)?.index ?? block.length;
  const facts = new Map(
    block
      .slice(0, firstOperation)
      .trimEnd()
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
  const text = (name: string) => facts.get(name) ?? '';
  const words = (name: string) => text(name).split(' ').filter(Boolean);
  const endpointPrefix = text('prefix');
  const protocols = words('protocols') as Protocol[];
  return {
    id: text('service'),
    displayName: text('name'),
    fullName: text('full'),
    title: text('title'),
    apiVersion: text('version'),
    endpointPrefix,
    signingNames: words('signing'),
    protocols,
    speaks: byKind(protocols),
    targetPrefix: facts.get('target'),
    hosts: words('hosts').flatMap((host) => (host === '*' ? usualHosts(endpointPrefix) : host)),
    defaultHosts: new Map(
      words('default').map((word): [string, string] => {
        const at = word.indexOf('=');
        return [word.slice(0, at), word.slice(at + 1)];
      }),
    ),
    operationLines: block.slice(firstOperation),
  };
}

function byKind(protocols: readonly Protocol[]): ProtocolsByKind {
  const first = (...kind: readonly Protocol[]) => protocols.find((protocol) => kind.includes(protocol));
  return {
    json: first('json-1.0', 'json-1.1'),
    query: first('query', 'ec2'),
    rest: first('rest-json', 'rest-xml'),
    cbor: first('cbor'),
  };
}

function usualHosts(prefix: string): readonly string[] {
  return [`${prefix}.R.D`, `${prefix}-fips.R.D`, `${prefix}.R.S`, `${prefix}-fips.R.S`];
}
