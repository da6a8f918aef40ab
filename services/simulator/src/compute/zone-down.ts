// While a zone is disrupted, a listing that reaches into it fails as a whole; one that keeps to healthy zones works.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Filter } from '../listing/filters.ts';
import { matchesGlob } from '../listing/glob.ts';

interface Listing {
  readonly ids: readonly string[];
  readonly filters: readonly Filter[];
  /** What was asked for by id; not looked at when no ids were given. */
  readonly asked: readonly { readonly zone: string }[];
}

export function refuseWhenZoneDown(
  { ids, filters, asked }: Listing,
  { zonesDown }: Pick<Call, 'zonesDown'>,
): void {
  if (zonesDown.size === 0) return;
  const down = [...zonesDown].filter((zone) => zoneFiltersPass(filters, zone));
  const reached = ids.length === 0 ? down : down.filter((zone) => asked.some((item) => item.zone === zone));
  if (reached.length > 0)
    throw new AwsError('Unavailable', 'The service is unavailable. Please try again shortly.');
}

function zoneFiltersPass(filters: readonly Filter[], zone: string): boolean {
  return filters
    .filter(({ name }) => name === 'availability-zone')
    .every(({ values }) => values.some((pattern) => matchesGlob(pattern, zone)));
}
