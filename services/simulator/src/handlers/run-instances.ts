// EC2 RunInstances. With a client token it is safe to repeat: the same request gives the same instances, another one
// with the same token is refused.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { fingerprintOf, otherParameters } from '../compute/client-tokens.ts';
import { findUsableImage } from '../compute/find-image.ts';
import type { Instance } from '../compute/instance.ts';
import { writeInstance } from '../compute/instance-xml.ts';
import { launchInstances, usualLaunch } from '../compute/launch.ts';
import { blockDevicesField, readBlockDevices } from '../compute/storage/block-devices-field.ts';
import { tagSpecificationsField, tagsFor } from '../compute/tags.ts';
import { findKeyPair } from '../network/find-key-pair.ts';
import { findLaunchGroup } from '../network/find-launch-group.ts';
import { list, optional, required, structure, structures, withDefault } from '../query/fields.ts';
import { flag, integer, oneOf, shortText, text } from '../query/scalars.ts';
import type { XmlObject } from '../xml.ts';

const count = integer({ min: 1, max: 1_000_000 });

const input = {
  imageId: required('ImageId', text),
  minCount: required('MinCount', count),
  maxCount: required('MaxCount', count),
  instanceType: withDefault('InstanceType', text, usualLaunch.instanceType),
  clientToken: optional('ClientToken', shortText(64)),
  keyName: optional('KeyName', text),
  groupIds: list('SecurityGroupId', text),
  groupNames: list('SecurityGroup', text),
  subnetId: optional('SubnetId', text),
  placement: structure('Placement', {
    zone: optional('AvailabilityZone', text),
    tenancy: optional('Tenancy', text),
    groupName: optional('GroupName', text),
    groupId: optional('GroupId', text),
  }),
  networkInterfaces: structures('NetworkInterface', {
    subnetId: optional('SubnetId', text),
    groupIds: list('SecurityGroupId', text),
    associatePublicIp: optional('AssociatePublicIpAddress', flag),
  }),
  userData: optional('UserData', shortText(21_848)),
  blockDevices: blockDevicesField,
  tagSpecifications: tagSpecificationsField,
  hibernation: structure('HibernationOptions', { configured: withDefault('Configured', flag, false) }),
  terminationProtected: withDefault('DisableApiTermination', flag, false),
  shutdownBehavior: withDefault('InstanceInitiatedShutdownBehavior', oneOf(['stop', 'terminate']), 'stop'),
};

export const runInstances = defineAction({
  service: 'ec2',
  name: 'RunInstances',
  bucket: 'run-start',
  input,
  handle(order, call) {
    const { clientToken } = order;
    const known = clientToken === undefined ? undefined : repeatedLaunch(clientToken, call);
    if (known) return known;
    if (order.maxCount < order.minCount) {
      throw new AwsError('InvalidParameterValue', 'MaxCount must not be less than MinCount.');
    }
    const instances = launchInstances(
      {
        image: findUsableImage(order.imageId, call),
        instanceType: order.instanceType,
        count: allowedCount(order, call),
        zone: order.placement?.zone,
        subnetId: order.subnetId ?? order.networkInterfaces[0]?.subnetId,
        wantsPublicIp: order.networkInterfaces[0]?.associatePublicIp,
        placementGroup: order.placement && findLaunchGroup(order.placement, call),
        groupIds: [...order.groupIds, ...(order.networkInterfaces[0]?.groupIds ?? [])],
        groupNames: order.groupNames,
        keyName: order.keyName === undefined ? undefined : findKeyPair(order.keyName, call).name,
        clientToken,
        userData: order.userData,
        hibernationConfigured: order.hibernation?.configured ?? false,
        terminationProtected: order.terminationProtected,
        shutdownBehavior: order.shutdownBehavior,
        blockDevices: readBlockDevices(order.blockDevices, call),
        tags: tagsFor('instance', order.tagSpecifications),
        volumeTags: tagsFor('volume', order.tagSpecifications),
      },
      { ...call, transitionMs: call.settings.transitionMs },
    );
    if (clientToken !== undefined) {
      call.state.launches.set(clientToken, {
        fingerprint: fingerprintOf(call),
        reservationId: instances[0]?.reservationId ?? '',
        instanceIds: instances.map(({ id }) => id),
      });
    }
    return writeReservation(instances[0]?.reservationId ?? '', instances, call);
  },
});

/** Launches as many as fit between the two counts, and none if the lower one does not fit. */
function allowedCount({ minCount, maxCount }: { minCount: number; maxCount: number }, call: Call): number {
  const room = call.config.instancesMax - call.state.instances().length;
  if (minCount > room) {
    throw new AwsError(
      'InstanceLimitExceeded',
      `You have requested more instances (${minCount}) than your current limit allows.`,
    );
  }
  const chosen = Math.min(maxCount, room);
  call.charge('run-start-instances', chosen);
  return chosen;
}

/** Gives the instances as they are now, not as they were then. */
function repeatedLaunch(clientToken: string, call: Call): XmlObject | undefined {
  const launch = call.state.launches.get(clientToken);
  if (!launch) return undefined;
  if (launch.fingerprint !== fingerprintOf(call)) {
    throw otherParameters();
  }
  const instances = launch.instanceIds.flatMap((id) => call.state.instance(id) ?? []);
  return writeReservation(launch.reservationId, instances, call);
}

function writeReservation(reservationId: string, instances: readonly Instance[], call: Call): XmlObject {
  return {
    reservationId,
    ownerId: call.accountId,
    groupSet: [],
    instancesSet: call.shuffled(instances).map((instance) => writeInstance(instance, call)),
  };
}
