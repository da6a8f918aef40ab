import type { IdKind } from '../find-by-ids.ts';

/** EC2 has no code of its own for what cannot be the id of a volume. */
export const volumeKind: IdKind = {
  prefix: 'vol',
  name: 'volume',
  malformed: 'InvalidParameterValue',
  notFound: 'InvalidVolume.NotFound',
};
