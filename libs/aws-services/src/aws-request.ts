import { catalogue, type ServiceRecord } from './catalogue.ts';

/** What of a request tells its operation. */
export interface AwsRequest {
  /** Ids of the services that it can be for, from `resolveService`. */
  readonly services: readonly string[];
  readonly method: string;
  /** The raw request target in origin form: `/path?query`. */
  readonly target: string;
  readonly headers: HeaderLookup;
  /** S3: the bucket in the host, from `Endpoint.bucket`. */
  readonly bucket?: string | undefined;
}

/** By lower-case name; all values, in the order of the wire. A `HeaderIndex` of @cloud-gateway/sigv4 is one. */
export interface HeaderLookup {
  get(name: string): readonly string[] | undefined;
}

/** The one value of a header; undefined when it is absent or came more than once. */
export function soleValue(headers: HeaderLookup, name: string): string | undefined {
  const values = headers.get(name);
  return values?.length === 1 ? values[0] : undefined;
}

/** What the catalogue has of the services that a request can be for. */
export function candidatesOf({ services }: Pick<AwsRequest, 'services'>): readonly ServiceRecord[] {
  const { byId } = catalogue();
  const found: ServiceRecord[] = [];
  for (const id of services) {
    const service = byId.get(id);
    if (service) found.push(service);
  }
  return found;
}
