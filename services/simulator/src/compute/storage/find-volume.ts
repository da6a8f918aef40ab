// Finds the volume that an action is about, and refuses ids as EC2 does.
import { AwsError } from '../../aws-error.ts';
import { findByIds } from '../find-by-ids.ts';
import type { RegionState } from '../region-state.ts';
import type { Volume } from './volume.ts';
import { volumeKind } from './volume-kind.ts';

export function findVolume(id: string, { state }: { readonly state: RegionState }): Volume {
  const [volume] = findByIds([id], state.volumes.get, volumeKind);
  if (!volume || volume.phase === 'deleting') {
    throw new AwsError(volumeKind.notFound, `The volume '${id}' does not exist.`);
  }
  return volume;
}
