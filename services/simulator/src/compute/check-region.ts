import { AwsError } from '../aws-error.ts';
import type { World } from './world.ts';

/** Throws unless there is a region of that name. */
export function checkRegion(region: string, { world }: { readonly world: World }): void {
  if (world.regions.includes(region)) return;
  throw new AwsError('InvalidParameterValue', `Invalid region: [${region.slice(0, 100)}]`);
}
