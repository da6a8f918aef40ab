// Finds resources by their ids, and refuses ids as EC2 does: first those that cannot be ids, then those that are none.
//   https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
import { AwsError } from '../aws-error.ts';

/** How ids of a type look, and what is said of those that are not right. */
export interface IdKind {
  /** `i` for ids such as `i-0123456789abcdef0`. */
  readonly prefix: string;
  /** As in "The volume ID … does not exist". */
  readonly name: string;
  /** The code for what cannot be an id. */
  readonly malformed: string;
  /** The code for an id of nothing. */
  readonly notFound: string;
}

/** All or nothing; an id that came twice counts once. */
export function findByIds<T>(
  ids: readonly string[],
  find: (id: string) => T | undefined,
  { prefix, name, malformed, notFound }: IdKind,
): T[] {
  const unique = [...new Set(ids)];
  const wrong = unique.find((id) => !isIdOf(prefix, id));
  if (wrong !== undefined) {
    throw new AwsError(malformed, `Invalid id: "${wrong.slice(0, 100)}" (expecting "${prefix}-...")`);
  }
  const found = unique.map((id) => ({ id, resource: find(id) }));
  const missing = found.filter(({ resource }) => resource === undefined).map(({ id }) => id);
  if (missing.length === 1) throw new AwsError(notFound, `The ${name} ID '${missing[0]}' does not exist`);
  if (missing.length > 1)
    throw new AwsError(notFound, `The ${name} IDs '${missing.join(', ')}' do not exist`);
  return found.flatMap(({ resource }) => resource ?? []);
}

function isIdOf(prefix: string, id: string): boolean {
  return id.startsWith(`${prefix}-`) && /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(prefix.length + 1));
}
