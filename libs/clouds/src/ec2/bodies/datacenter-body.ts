// An availability zone as a body. Its id is the zone's name, which is what every other call takes; that name is
// particular to the account (`us-east-1a` is another building for somebody else), zoneId is not.
import type { AvailabilityZone } from '@aws-sdk/client-ec2';
import type { DatacenterBody } from '@cloud-gateway/contracts';
import { datacenterStates, normalisedState, type OnUnknownState } from '../states.ts';
import { present, sortedTexts, textOrNull } from './fields.ts';

export function datacenterBody(zone: AvailabilityZone, onUnknownState: OnUnknownState): DatacenterBody {
  return {
    type: 'datacenter',
    cloudId: zone.ZoneName ?? '',
    name: textOrNull(zone.ZoneName),
    state: normalisedState(datacenterStates, zone.State, (raw) => onUnknownState('datacenter', raw)),
    rawState: textOrNull(zone.State),
    stateReason: textOrNull(sortedTexts(zone.Messages?.map((message) => message.Message)).join('; ')),
    owner: null,
    visibility: 'public',
    tags: {},
    createdAt: null,
    zoneType: textOrNull(zone.ZoneType),
    cloudAttributes: present({
      zoneId: zone.ZoneId,
      groupName: zone.GroupName,
      networkBorderGroup: zone.NetworkBorderGroup,
      optInStatus: zone.OptInStatus,
      parentZoneName: zone.ParentZoneName,
    }),
  };
}
