// Names of datacenters in one column.

export function toZones(stored: string): string[] {
  return stored === '' ? [] : stored.split(',');
}

export function toStoredZones(zones: readonly string[]): string {
  return zones.join(',').slice(0, 1024);
}
