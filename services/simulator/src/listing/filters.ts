// EC2 filters, table-driven: each listing says which filters it has and what an item has to show for each. The values
// of one filter are alternatives; the filters have to hold all together.
import { AwsError } from '../aws-error.ts';
import { list, required, structures } from '../query/fields.ts';
import { text } from '../query/scalars.ts';
import { matchesGlob } from './glob.ts';

export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** Filter name → the values that the item has under it (several for a list, none when absent). */
export type FilterTable<T> = Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>;

export type Tags = ReadonlyMap<string, string>;

/** The field by which every filtered listing takes its filters. */
export const filtersField = structures('Filter', {
  name: required('Name', text),
  values: list('Value', text),
});

interface Filtering<T> {
  readonly filters: readonly Filter[];
  readonly table: FilterTable<T>;
  /** Gives the listing the filters `tag:<key>`, `tag-key` and `tag-value`. */
  readonly tagsOf?: (item: T) => Tags;
}

export function applyFilters<T>(items: readonly T[], filtering: Filtering<T>): T[] {
  return items.filter(filterTest(filtering));
}

/** The same for one item at a time. Throws for a filter that is none. */
export function filterTest<T>({ filters, table, tagsOf }: Filtering<T>): (item: T) => boolean {
  const tests = filters.map((filter) => {
    const valuesOf = lookUp(filter.name, table, tagsOf);
    if (filter.values.length === 0)
      throw new AwsError('InvalidParameterValue', `The filter '${filter.name}' has no value.`);
    if (filter.values.length > 200)
      throw new AwsError('FilterLimitExceeded', 'A filter may have at most 200 values.');
    return (item: T) =>
      valuesOf(item).some(
        (value) => value !== undefined && filter.values.some((pattern) => matchesGlob(pattern, value)),
      );
  });
  return (item) => tests.every((test) => test(item));
}

function lookUp<T>(
  name: string,
  table: FilterTable<T>,
  tagsOf: ((item: T) => Tags) | undefined,
): (item: T) => readonly (string | undefined)[] {
  if (tagsOf && name === 'tag-key') return (item) => [...tagsOf(item).keys()];
  if (tagsOf && name === 'tag-value') return (item) => [...tagsOf(item).values()];
  if (tagsOf && name.startsWith('tag:')) return (item) => [tagsOf(item).get(name.slice('tag:'.length))];
  const valuesOf = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!valuesOf) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
  return valuesOf;
}
