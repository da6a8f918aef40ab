// EC2 AssociateAddress: with an instance, or the network interface of one. Safe to repeat.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findInstances } from '../compute/find-instances.ts';
import type { Instance } from '../compute/instance.ts';
import { disassociate } from '../network/disassociate.ts';
import { findAddress } from '../network/find-address.ts';
import { optional, withDefault } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const associateAddress = defineAction({
  service: 'ec2',
  name: 'AssociateAddress',
  bucket: 'mutating',
  input: {
    id: optional('AllocationId', text),
    publicIp: optional('PublicIp', text),
    instanceId: optional('InstanceId', text),
    networkInterfaceId: optional('NetworkInterfaceId', text),
    privateIp: optional('PrivateIpAddress', text),
    mayReassociate: withDefault('AllowReassociation', flag, true),
  },
  handle(input, call) {
    const { state } = call;
    const address = findAddress(input, call);
    const instance = findTarget(input, call);
    const { association } = address;
    if (association?.instanceId === instance.id) return { return: true, associationId: association.id };
    const occupant = state.addresses
      .all()
      .find((other) => other.id !== address.id && other.association?.instanceId === instance.id);
    const standing = association ?? occupant?.association;
    if (standing && !input.mayReassociate) {
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `resource ${association ? address.id : instance.networkInterfaceId} is already associated with associate-id ${standing.id}`,
      );
    }
    disassociate(address, call);
    if (occupant) disassociate(occupant, call);
    const associationId = newResourceId(call.random, 'eipassoc');
    state.addresses.put({
      ...address,
      association: {
        id: associationId,
        instanceId: instance.id,
        networkInterfaceId: instance.networkInterfaceId,
        subnetId: instance.subnetId,
        privateIp: instance.privateIp,
      },
    });
    state.putInstance({ ...instance, elasticIp: address.publicIp });
    return { return: true, associationId };
  },
});

interface Target {
  readonly instanceId: string | undefined;
  readonly networkInterfaceId: string | undefined;
  readonly privateIp: string | undefined;
}

function findTarget({ instanceId, networkInterfaceId, privateIp }: Target, call: Call): Instance {
  const instance =
    instanceId === undefined
      ? findByInterface(networkInterfaceId, call)
      : findInstances([instanceId], call)[0];
  if (!instance || ['pending', 'shutting-down', 'terminated'].includes(instance.state)) {
    throw new AwsError(
      'InvalidInstanceID',
      `The ${instance?.state ?? 'missing'} instance '${instance?.id ?? ''}' is not in a valid state for this operation.`,
    );
  }
  if (privateIp !== undefined && privateIp !== instance.privateIp) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${privateIp.slice(0, 100)}) for parameter privateIpAddress is invalid: the interface does not have it.`,
    );
  }
  return instance;
}

function findByInterface(networkInterfaceId: string | undefined, { state }: Call): Instance {
  if (networkInterfaceId === undefined) {
    throw new AwsError('MissingParameter', 'Either instance ID or network interface id must be specified');
  }
  const instance = state
    .instances()
    .find((each) => each.networkInterfaceId === networkInterfaceId && each.state !== 'terminated');
  if (instance) return instance;
  throw new AwsError(
    'InvalidNetworkInterfaceID.NotFound',
    `The networkInterface ID '${networkInterfaceId.slice(0, 100)}' does not exist`,
  );
}
