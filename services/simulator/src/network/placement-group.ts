// A placement group: how instances are to be spread over the machines. Here it is only remembered.
import { AwsError } from '../aws-error.ts';
import { tagSetOf } from '../compute/tags.ts';
import type { FilterTable, Tags } from '../listing/filters.ts';
import type { XmlObject } from '../xml.ts';

export const placementStrategies = ['cluster', 'spread', 'partition'] as const;

export interface PlacementGroup {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly region: string;
  readonly strategy: (typeof placementStrategies)[number];
  /** Of `partition` only. */
  readonly partitionCount: number | undefined;
  /** Of `spread` only. */
  readonly spreadLevel: 'host' | 'rack' | undefined;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export const placementGroupFilters: FilterTable<PlacementGroup> = {
  'group-arn': (group) => [arnOf(group)],
  'group-name': ({ name }) => [name],
  'spread-level': ({ spreadLevel }) => [spreadLevel],
  state: () => ['available'],
  strategy: ({ strategy }) => [strategy],
};

export function writePlacementGroup(group: PlacementGroup, call: Parameters<typeof tagSetOf>[1]): XmlObject {
  return {
    groupId: group.id,
    groupName: group.name,
    groupArn: arnOf(group),
    state: 'available',
    strategy: group.strategy,
    partitionCount: group.partitionCount,
    spreadLevel: group.spreadLevel,
    tagSet: tagSetOf(group.tags, call),
  };
}

export function unknownPlacementGroup(nameOrId: string): AwsError {
  return new AwsError(
    'InvalidPlacementGroup.Unknown',
    `The Placement Group '${nameOrId.slice(0, 255)}' is unknown.`,
  );
}

function arnOf({ ownerId, region, name }: PlacementGroup): string {
  return `arn:aws:ec2:${region}:${ownerId}:placement-group/${name}`;
}
