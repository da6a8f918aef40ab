// EC2 DescribeKeyPairs: by name, by id, or all. Not paged.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { idKinds } from '../network/id-kinds.ts';
import { type KeyPair, keyPairFilters, writeKeyPair } from '../network/key-pair.ts';
import { list, withDefault } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';

export const describeKeyPairs = defineAction({
  service: 'ec2',
  name: 'DescribeKeyPairs',
  bucket: 'describe',
  input: {
    names: list('KeyName', text),
    ids: list('KeyPairId', text),
    includePublicKey: withDefault('IncludePublicKey', flag, false),
    filters: filtersField,
  },
  handle({ names, ids, includePublicKey, filters }, call) {
    const byId = names.length + ids.length > 0;
    const asked = byId ? findAsked(names, ids, call) : call.state.keyPairs.allSeen();
    const { items } = listPage(
      {
        listing: 'key-pairs',
        items: applyFilters(asked, { filters, table: keyPairFilters, tagsOf: ({ tags }) => tags }),
        keyOf: ({ id }) => id,
        byId,
        maxResults: undefined,
        nextToken: undefined,
      },
      call,
    );
    return { keySet: items.map((keyPair) => writeKeyPair(keyPair, { includePublicKey }, call)) };
  },
});

function findAsked(
  names: readonly string[],
  ids: readonly string[],
  { state }: Pick<Call, 'state'>,
): KeyPair[] {
  const byName = new Map(state.keyPairs.allSeen().map((keyPair) => [keyPair.name, keyPair]));
  const missing = names.find((name) => !byName.has(name));
  if (missing !== undefined) {
    throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${missing.slice(0, 255)}' does not exist`);
  }
  const named = names.flatMap((name) => byName.get(name) ?? []);
  return [...new Set([...named, ...findByIds(ids, state.keyPairs.seen, idKinds.keyPair)])];
}
