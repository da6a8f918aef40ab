// EC2 DescribeAddresses: by allocation id, by address, or all. Not paged.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { type Address, addressFilters, writeAddress } from '../network/address.ts';
import { idKinds } from '../network/id-kinds.ts';
import { list } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const describeAddresses = defineAction({
  service: 'ec2',
  name: 'DescribeAddresses',
  bucket: 'describe',
  input: {
    ids: list('AllocationId', text),
    publicIps: list('PublicIp', text),
    filters: filtersField,
  },
  handle({ ids, publicIps, filters }, call) {
    const byId = ids.length + publicIps.length > 0;
    const asked = byId ? findAsked(ids, publicIps, call) : call.state.addresses.allSeen();
    const { items } = listPage(
      {
        listing: 'addresses',
        items: applyFilters(asked, { filters, table: addressFilters, tagsOf: ({ tags }) => tags }),
        keyOf: ({ id }) => id,
        byId,
        maxResults: undefined,
        nextToken: undefined,
      },
      call,
    );
    return { addressesSet: items.map((address) => writeAddress(address, call)) };
  },
});

function findAsked(
  ids: readonly string[],
  publicIps: readonly string[],
  { state }: Pick<Call, 'state'>,
): Address[] {
  const byIp = new Map(state.addresses.allSeen().map((address) => [address.publicIp, address]));
  const missing = publicIps.find((publicIp) => !byIp.has(publicIp));
  if (missing !== undefined) {
    throw new AwsError('InvalidAddress.NotFound', `Address '${missing.slice(0, 100)}' not found.`);
  }
  const named = publicIps.flatMap((publicIp) => byIp.get(publicIp) ?? []);
  return [...new Set([...named, ...findByIds(ids, state.addresses.seen, idKinds.address)])];
}
