import type { Clouds } from '@cloud-gateway/clouds';

/** The region that set-up recipes show, for the reader to change: the first one that this gateway serves. */
export function homeRegionOf(clouds: Pick<Clouds, 'all'>, cloud: string): string {
  return clouds.all().find(({ id }) => id === cloud)?.regions[0] ?? 'us-east-1';
}
