// Makes instances: checks what was asked for against what there is, and fills in what was left open.
import { AwsError } from '../aws-error.ts';
import type { Tags } from '../listing/filters.ts';
import { newResourceId, type RandomSource } from '../random-source.ts';
import type { Image } from './image.ts';
import type { Instance } from './instance.ts';
import { findInstanceType, type InstanceType, isOffered } from './instance-types.ts';
import type { RegionState } from './region-state.ts';

export interface LaunchOrder {
  readonly image: Image;
  readonly instanceType: string;
  readonly count: number;
  readonly zone: string | undefined;
  readonly subnetId: string | undefined;
  readonly groupIds: readonly string[];
  readonly groupNames: readonly string[];
  readonly keyName: string | undefined;
  readonly clientToken: string | undefined;
  readonly userData: string | undefined;
  readonly hibernationConfigured: boolean;
  readonly terminationProtected: boolean;
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly tags: Tags;
}

/** What is left open when nobody says otherwise. */
export const usualLaunch = {
  instanceType: 't3.micro',
  count: 1,
  zone: undefined,
  subnetId: undefined,
  groupIds: [],
  groupNames: [],
  keyName: undefined,
  clientToken: undefined,
  userData: undefined,
  hibernationConfigured: false,
  terminationProtected: false,
  shutdownBehavior: 'stop',
  tags: new Map(),
} as const satisfies Omit<LaunchOrder, 'image'>;

interface LaunchDeps {
  readonly state: RegionState;
  readonly random: RandomSource;
  readonly nowMs: number;
  readonly transitionMs: number;
  readonly zonesDown: ReadonlySet<string>;
}

/** Puts the instances into the state of the region, all `pending`, in one reservation. */
export function launchInstances(
  order: LaunchOrder,
  { state, random, nowMs, transitionMs, zonesDown }: LaunchDeps,
): Instance[] {
  const type = checkType(order.instanceType, order.image);
  const zone = chooseZone(order, type, state, zonesDown);
  if (zonesDown.has(zone)) {
    throw new AwsError(
      'InsufficientInstanceCapacity',
      `There is no capacity for ${type.name} in ${zone} just now.`,
      { status: 500 },
    );
  }
  const groups = chooseGroups(order, state);
  const reservationId = newResourceId(random, 'r');
  const instances = Array.from({ length: order.count }, (_, launchIndex): Instance => {
    const number = state.nextNumber();
    return {
      id: newResourceId(random, 'i'),
      reservationId,
      accountId: state.accountId,
      region: state.region,
      zone,
      launchIndex,
      imageId: order.image.id,
      instanceType: type.name,
      architecture: order.image.architecture,
      platform: order.image.platform,
      keyName: order.keyName,
      clientToken: order.clientToken,
      userData: order.userData,
      vpcId: state.network.vpcId,
      subnetId: state.network.subnetIds.get(zone) ?? '',
      groups,
      privateIp: privateIp(zoneNumber(zone, state), number),
      publicIp: newPublicIp(random),
      networkInterfaceId: newResourceId(random, 'eni'),
      rootDeviceName: order.image.rootDeviceName,
      rootVolumeId: newResourceId(random, 'vol'),
      rootSizeGiB: order.image.rootSizeGiB,
      hibernationConfigured: order.hibernationConfigured,
      terminationProtected: order.terminationProtected,
      shutdownBehavior: order.shutdownBehavior,
      createdAtMs: nowMs,
      launchedAtMs: nowMs,
      state: 'pending',
      dueAtMs: nowMs + transitionMs,
      stateReason: { code: 'pending', message: 'pending' },
      transitionReason: '',
      tags: order.tags,
    };
  });
  for (const instance of instances) state.putInstance(instance);
  return instances;
}

/** From 198.18.0.0/15, which is set aside for benchmarks: nothing that is sent there arrives anywhere. */
export function newPublicIp(random: RandomSource): string {
  const bits = Number.parseInt(random.hex(5), 16);
  return `198.${18 + (bits & 1)}.${(bits >> 1) & 255}.${1 + ((bits >> 9) % 254)}`;
}

function checkType(name: string, image: Image): InstanceType {
  const type = findInstanceType(name);
  if (!type)
    throw new AwsError('InvalidParameterValue', `Invalid value '${name.slice(0, 100)}' for InstanceType.`);
  if (type.architecture !== image.architecture) {
    throw new AwsError(
      'InvalidParameterValue',
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI.`,
    );
  }
  return type;
}

function chooseZone(
  { zone, subnetId }: LaunchOrder,
  type: InstanceType,
  state: RegionState,
  zonesDown: ReadonlySet<string>,
): string {
  const names = state.zones.map(({ name }) => name);
  const bySubnet = subnetId === undefined ? undefined : zoneOfSubnet(subnetId, state);
  if (zone !== undefined && !names.includes(zone)) {
    throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${zone.slice(0, 100)}]`);
  }
  if (zone !== undefined && bySubnet !== undefined && zone !== bySubnet) {
    throw new AwsError(
      'InvalidParameterValue',
      `The subnet '${subnetId}' is not in the availability zone ${zone}.`,
    );
  }
  const offered = names.filter((name) => isOffered(type, name, names));
  const wanted = bySubnet ?? zone;
  if (wanted === undefined) {
    const up = offered.filter((name) => !zonesDown.has(name));
    return up[state.nextNumber() % up.length] ?? offered[0] ?? '';
  }
  if (offered.includes(wanted)) return wanted;
  throw new AwsError(
    'Unsupported',
    `Your requested instance type (${type.name}) is not supported in your requested Availability Zone (${wanted}).`,
  );
}

function zoneOfSubnet(subnetId: string, { network }: RegionState): string {
  for (const [zone, id] of network.subnetIds) if (id === subnetId) return zone;
  throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${subnetId.slice(0, 100)}' does not exist`);
}

function chooseGroups({ groupIds, groupNames }: LaunchOrder, { network }: RegionState): Instance['groups'] {
  const byId = new Map([...network.groupIds].map(([name, id]) => [id, name]));
  const named = groupIds.length + groupNames.length === 0 ? ['default'] : groupNames;
  const fromIds = groupIds.map((id) => {
    const name = byId.get(id);
    if (name === undefined)
      throw new AwsError('InvalidGroup.NotFound', `The security group '${id.slice(0, 100)}' does not exist`);
    return { id, name };
  });
  const fromNames = named.map((name) => {
    const id = network.groupIds.get(name);
    if (id === undefined)
      throw new AwsError(
        'InvalidGroup.NotFound',
        `The security group '${name.slice(0, 100)}' does not exist`,
      );
    return { id, name };
  });
  return [...fromIds, ...fromNames];
}

function zoneNumber(zone: string, { zones }: RegionState): number {
  return zones.findIndex(({ name }) => name === zone);
}

/** Each zone has a /20 of 172.31.0.0/16. After 4000 launches in a zone addresses come again; nothing routes to them. */
function privateIp(zone: number, number: number): string {
  const host = number % 4000;
  return `172.31.${zone * 16 + Math.floor(host / 250)}.${4 + (host % 250)}`;
}
