// The filters of DescribeInstances.
import type { FilterTable } from '../listing/filters.ts';
import { type Instance, stateCodes } from './instance.ts';
import { privateDnsName, publicAddressOf, publicDnsName } from './instance-xml.ts';

const unlessTerminated = (instance: Instance, value: string) =>
  instance.state === 'terminated' ? [] : [value];

export const instanceFilters: FilterTable<Instance> = {
  architecture: ({ architecture }) => [architecture],
  'availability-zone': ({ zone }) => [zone],
  'client-token': ({ clientToken }) => [clientToken],
  'dns-name': (instance) => {
    const publicIp = publicAddressOf(instance);
    return publicIp === undefined ? [] : [publicDnsName(publicIp, instance)];
  },
  'image-id': ({ imageId }) => [imageId],
  'instance-id': ({ id }) => [id],
  'instance-state-code': ({ state }) => [String(stateCodes[state])],
  'instance-state-name': ({ state }) => [state],
  'instance-type': ({ instanceType }) => [instanceType],
  'instance.group-id': ({ groups }) => groups.map(({ id }) => id),
  'instance.group-name': ({ groups }) => groups.map(({ name }) => name),
  'ip-address': (instance) => [publicAddressOf(instance)],
  'key-name': ({ keyName }) => [keyName],
  'launch-time': ({ launchedAtMs }) => [new Date(launchedAtMs).toISOString()],
  'owner-id': ({ accountId }) => [accountId],
  'placement-group-name': ({ placementGroup }) => [placementGroup?.name],
  platform: ({ platform }) => [platform],
  'private-dns-name': (instance) => unlessTerminated(instance, privateDnsName(instance)),
  'private-ip-address': (instance) => unlessTerminated(instance, instance.privateIp),
  'reservation-id': ({ reservationId }) => [reservationId],
  'root-device-name': ({ rootDeviceName }) => [rootDeviceName],
  'state-reason-code': ({ stateReason }) => [stateReason?.code],
  'subnet-id': (instance) => unlessTerminated(instance, instance.subnetId),
  'vpc-id': (instance) => unlessTerminated(instance, instance.vpcId),
};
