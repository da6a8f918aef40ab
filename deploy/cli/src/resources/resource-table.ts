// Resources as rows for a terminal.
import type { ResourceType } from '@cloud-gateway/contracts';
import { span } from '../output/span.ts';
import { table } from '../output/table.ts';

/** A document of any type, as far as a row shows it. */
export interface ListedResource {
  readonly cloudId: string;
  readonly name: string | null;
  readonly state: string;
  readonly region: string;
  readonly createdAt: string | null;
  readonly firstSeenAt: string;
  readonly [field: string]: unknown;
}

export function resourceTable(
  type: ResourceType,
  resources: readonly ListedResource[],
  { nowMs, width }: { readonly nowMs: number; readonly width: number },
): string {
  const own = ownColumns[type] ?? [];
  const rows = resources.map((resource) => [
    resource.cloudId,
    resource.name ?? '',
    resource.state,
    ...own.map(([, field]) => cell(resource[field])),
    resource.region,
    span(nowMs - Date.parse(resource.createdAt ?? resource.firstSeenAt)),
  ]);
  const head = ['id', 'name', 'state', ...own.map(([title]) => title), 'region', 'age'];
  return table([head, ...rows], { width });
}

/** What one looks for first in a list of these: title and field. */
const ownColumns: Partial<Readonly<Record<ResourceType, readonly (readonly [string, string])[]>>> = {
  image: [['visibility', 'visibility']],
  instance: [
    ['type', 'instanceType'],
    ['address', 'connectAddress'],
  ],
  network: [['range', 'cidrBlocks']],
  subnet: [
    ['network', 'networkId'],
    ['range', 'cidrBlocks'],
  ],
  'security-group': [['network', 'networkId']],
  'security-group-rule': [
    ['group', 'securityGroupId'],
    ['direction', 'direction'],
    ['protocol', 'protocol'],
  ],
  'ip-address': [
    ['address', 'address'],
    ['instance', 'instanceId'],
  ],
  'ip-address-binding': [
    ['address', 'address'],
    ['instance', 'instanceId'],
  ],
  volume: [['GB', 'gigabytes']],
  'volume-attachment': [
    ['volume', 'volumeId'],
    ['instance', 'instanceId'],
  ],
  'volume-snapshot': [['volume', 'volumeId']],
};

function cell(value: unknown): string {
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
