// Every action of the query protocol that is simulated; operations.ts has those of the other protocols.
import type { Action } from './action.ts';
import { storageActions } from './compute/storage/storage-actions.ts';
import { assumeRole } from './handlers/assume-role.ts';
import { createImage } from './handlers/create-image.ts';
import { createTags } from './handlers/create-tags.ts';
import { deleteTags } from './handlers/delete-tags.ts';
import { deregisterImage } from './handlers/deregister-image.ts';
import { describeAvailabilityZones } from './handlers/describe-availability-zones.ts';
import { describeImages } from './handlers/describe-images.ts';
import { describeInstanceStatus } from './handlers/describe-instance-status.ts';
import { describeInstanceTypeOfferings } from './handlers/describe-instance-type-offerings.ts';
import { describeInstanceTypes } from './handlers/describe-instance-types.ts';
import { describeInstances } from './handlers/describe-instances.ts';
import { describeRegions } from './handlers/describe-regions.ts';
import { describeTags } from './handlers/describe-tags.ts';
import { getCallerIdentity } from './handlers/get-caller-identity.ts';
import { getSessionToken } from './handlers/get-session-token.ts';
import { getUser } from './handlers/get-user.ts';
import { listUsers } from './handlers/list-users.ts';
import { modifyInstanceAttribute } from './handlers/modify-instance-attribute.ts';
import { rebootInstances } from './handlers/reboot-instances.ts';
import { runInstances } from './handlers/run-instances.ts';
import { simulatePrincipalPolicy } from './handlers/simulate-principal-policy.ts';
import { startInstances } from './handlers/start-instances.ts';
import { stopInstances } from './handlers/stop-instances.ts';
import { terminateInstances } from './handlers/terminate-instances.ts';
import { networkActions } from './network/network-actions.ts';
import type { ServiceName } from './service-name.ts';
import { metricActions } from './services/monitoring/metrics.ts';
import { clusterActions } from './services/redshift/clusters.ts';
import { configurationSetActions } from './services/ses/configuration-sets.ts';
import { topicActions } from './services/sns/topics.ts';

const actions: readonly Action[] = [
  assumeRole,
  createImage,
  createTags,
  deleteTags,
  deregisterImage,
  describeAvailabilityZones,
  describeImages,
  describeInstanceStatus,
  describeInstanceTypeOfferings,
  describeInstanceTypes,
  describeInstances,
  describeRegions,
  describeTags,
  getCallerIdentity,
  getSessionToken,
  getUser,
  listUsers,
  modifyInstanceAttribute,
  rebootInstances,
  runInstances,
  simulatePrincipalPolicy,
  startInstances,
  stopInstances,
  terminateInstances,
  ...storageActions,
  ...networkActions,
  ...metricActions,
  ...clusterActions,
  ...configurationSetActions,
  ...topicActions,
];

const byName = new Map(actions.map((action) => [`${action.service}:${action.name}`, action]));

export function findAction(service: ServiceName, name: string): Action | undefined {
  return byName.get(`${service}:${name}`);
}
