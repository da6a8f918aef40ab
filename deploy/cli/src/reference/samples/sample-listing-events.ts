import type { ListingEvent, ListingKind, OutgoingEvent } from '@cloud-gateway/contracts';
import { listingEntry } from '@cloud-gateway/store';
import { sampleAccount, sampleId, sampleTime } from './sample-ids.ts';

const reasons: Readonly<Record<ListingKind, ListingEvent['reason']>> = {
  stale: {
    state: 'denied',
    code: 'cloud-forbidden',
    message: 'You are not authorized to perform this operation: ec2:DescribeInstances.',
  },
  current: null,
};

export function sampleListingEvents(): ReadonlyMap<ListingKind, OutgoingEvent> {
  const kinds = Object.keys(reasons) as ListingKind[];
  return new Map(
    kinds.map((change) => [
      change,
      listingEntry({
        id: sampleId('evt', change),
        account: sampleAccount,
        cloud: 'ec2',
        region: 'us-east-1',
        resourceType: 'instance',
        change,
        observedAt: sampleTime,
        reason: reasons[change],
      }),
    ]),
  );
}
