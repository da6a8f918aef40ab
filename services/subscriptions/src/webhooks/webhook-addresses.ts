// Where a webhook's name leads. The answer is checked at every connection, not only when the subscription is made: a name
// may lead elsewhere later ("DNS rebinding").
import dns from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Rejects with the errors of node:dns. */
export type ResolveName = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export class ForbiddenAddressError extends Error {
  readonly code = 'FORBIDDEN_ADDRESS';

  constructor(hostname: string) {
    super(`${hostname} leads to no public address`);
  }
}

export interface WebhookAddresses {
  /** For node:http: gives only addresses that may be connected to. */
  readonly lookup: LookupFunction;
  /**
   * Tells a host's name from an address in numbers, which is connected to without a lookup. Throws ForbiddenAddressError
   * for an address that may not be connected to.
   */
  checkHost(hostname: string): 'name' | 'address';
  /** Rejects with ForbiddenAddressError, or with an error of node:dns. */
  resolveAllowed: ResolveName;
}

export function createWebhookAddresses({
  allowPrivate,
  resolve = allowPrivate ? askSystem : askNameServers,
}: {
  readonly allowPrivate: boolean;
  readonly resolve?: ResolveName;
}): WebhookAddresses {
  const isAllowed = (address: string) => allowPrivate || isPublicAddress(address);

  async function resolveAllowed(hostname: string): Promise<readonly ResolvedAddress[]> {
    const allowed = (await resolve(hostname)).filter(({ address }) => isAllowed(address));
    if (allowed.length === 0) throw new ForbiddenAddressError(hostname);
    return allowed;
  }

  return {
    resolveAllowed,
    checkHost(hostname) {
      const address = hostname.replace(/^\[|\]$/g, '');
      if (isIP(address) === 0) return 'name';
      if (!isAllowed(address)) throw new ForbiddenAddressError(hostname);
      return 'address';
    },
    lookup(hostname, options, callback) {
      resolveAllowed(hostname).then(
        (addresses) => {
          const wanted = options.family === 4 || options.family === 6 ? options.family : undefined;
          const usable = addresses.filter(({ family }) => wanted === undefined || family === wanted);
          const [first] = usable;
          if (first === undefined) callback(new ForbiddenAddressError(hostname), '');
          else if (options.all) callback(null, [...usable]);
          else callback(null, first.address, first.family);
        },
        (err: Error) => callback(err, ''),
      );
    },
  };
}

// Not the system's resolver, which works in the few threads that this process has for it: a name server that does not
// answer would hold up the names of other webhooks, and the vault's work besides. Names of the public internet are in
// the DNS and in no file.
async function askNameServers(hostname: string): Promise<readonly ResolvedAddress[]> {
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 2 });
  const answers = await Promise.allSettled([
    resolver.resolve4(hostname).then((found) => found.map((address) => ({ address, family: 4 }))),
    resolver.resolve6(hostname).then((found) => found.map((address) => ({ address, family: 6 }))),
  ]);
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const [first] = answers;
  if (found.length === 0 && first?.status === 'rejected') throw first.reason;
  return found;
}

/** In a private network names may come from anywhere: /etc/hosts, mDNS, the search list. */
function askSystem(hostname: string): Promise<readonly ResolvedAddress[]> {
  return dns.lookup(hostname, { all: true });
}
