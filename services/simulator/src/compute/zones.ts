// Regions have zones. Ids of what is there from the start are computed, so that they are the same after a restart.
import { createHash } from 'node:crypto';

export interface Zone {
  readonly region: string;
  readonly name: string;
  readonly id: string;
}

export function zonesOf(region: string): Zone[] {
  const letters = region === 'us-east-1' ? 'abcd' : 'abc';
  return [...letters].map((letter, i) => ({
    region,
    name: `${region}${letter}`,
    id: `${abbreviate(region)}-az${i + 1}`,
  }));
}

/** Makes the same id from the same name each time. */
export function stableId(prefix: string, name: string): string {
  return `${prefix}-${createHash('sha256').update(`${prefix} ${name}`).digest('hex').slice(0, 17)}`;
}

/** `us-east-1` → `use1`, `ap-southeast-2` → `apse2`, as in zone ids. */
function abbreviate(region: string): string {
  const parts = region.split('-');
  const directions = parts.slice(1, -1).join('');
  const short = directions.replaceAll(/(north|south|east|west|central)/g, (word) => word.charAt(0));
  return `${parts[0]}${short}${parts.at(-1)}`;
}
