// Where an instance goes: into the subnet that was asked for, or into the default one of a zone.
import { AwsError } from '../aws-error.ts';
import { findDefaultVpc } from '../network/find-default-vpc.ts';
import type { Subnet } from '../network/subnet.ts';
import { type InstanceType, isOffered } from './instance-types.ts';
import type { RegionState } from './region-state.ts';

interface PlaceOrder {
  readonly zone: string | undefined;
  readonly subnetId: string | undefined;
  readonly type: InstanceType;
}

export function chooseSubnet(
  { zone, subnetId, type }: PlaceOrder,
  state: RegionState,
  zonesDown: ReadonlySet<string>,
): Subnet {
  const names = state.zones.map(({ name }) => name);
  const asked = subnetId === undefined ? undefined : findSubnet(subnetId, state);
  if (zone !== undefined && !names.includes(zone)) {
    throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${zone.slice(0, 100)}]`);
  }
  if (zone !== undefined && asked && zone !== asked.zone) {
    throw new AwsError(
      'InvalidParameterValue',
      `The subnet '${subnetId}' is not in the availability zone ${zone}.`,
    );
  }
  const offered = names.filter((name) => isOffered(type, name, names));
  const wanted = asked?.zone ?? zone;
  if (wanted !== undefined && !offered.includes(wanted)) {
    throw new AwsError(
      'Unsupported',
      `Your requested instance type (${type.name}) is not supported in your requested Availability Zone (${wanted}).`,
    );
  }
  return asked ?? findDefaultSubnet(wanted, offered, state, zonesDown);
}

function findSubnet(subnetId: string, { subnets }: RegionState): Subnet {
  const subnet = subnets.get(subnetId);
  if (subnet) return subnet;
  throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${subnetId.slice(0, 100)}' does not exist`);
}

function findDefaultSubnet(
  zone: string | undefined,
  offered: readonly string[],
  state: RegionState,
  zonesDown: ReadonlySet<string>,
): Subnet {
  const vpc = findDefaultVpc(state);
  const defaults = state.subnets
    .all()
    .filter((subnet) => subnet.vpcId === vpc.id && subnet.isDefaultForZone && offered.includes(subnet.zone));
  const up = defaults.filter((subnet) => !zonesDown.has(subnet.zone));
  const found =
    zone === undefined
      ? (up[state.nextNumber() % up.length] ?? defaults[0])
      : defaults.find((subnet) => subnet.zone === zone);
  if (found) return found;
  throw zone === undefined
    ? new AwsError(
        'MissingInput',
        `No subnets found for the default VPC '${vpc.id}'. Please specify a subnet.`,
      )
    : new AwsError('InvalidInput', `No default subnet for availability zone: '${zone}'.`);
}
