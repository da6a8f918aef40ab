// EC2 DescribeInstances: 5 to 1000 a page, or by id. Instances come grouped by reservation; lists have no order.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findSeenInstances } from '../compute/find-instances.ts';
import type { Instance } from '../compute/instance.ts';
import { instanceFilters } from '../compute/instance-filters.ts';
import { writeInstance } from '../compute/instance-xml.ts';
import { refuseWhenZoneDown } from '../compute/zone-down.ts';
import { describeBucket } from '../faults/describe-bucket.ts';
import { filtersField, filterTest } from '../listing/filters.ts';
import { listPage, where } from '../listing/list-page.ts';
import { inOrder } from '../listing/paging.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

const instancesPerPageMax = 1000;

export const describeInstances = defineAction({
  service: 'ec2',
  name: 'DescribeInstances',
  bucket: describeBucket,
  input: {
    ids: list('InstanceId', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: instancesPerPageMax })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, filters, maxResults, nextToken }, call) {
    if (ids.length > 0 && maxResults !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        'The parameter instancesSet cannot be used with the parameter maxResults',
      );
    }
    const asked = findSeenInstances(ids, call);
    refuseWhenZoneDown({ ids, filters, asked }, call);
    const byId = ids.length > 0;
    const page = listPage(
      {
        listing: 'instances',
        items: where(
          byId ? inOrder(asked, idOf) : { after: call.state.instanceTable.seenAfter },
          filterTest({ filters, table: instanceFilters, tagsOf: ({ tags }) => tags }),
        ),
        keyOf: idOf,
        byId,
        maxResults,
        usualResults: instancesPerPageMax,
        nextToken,
      },
      call,
    );
    const reservations = groupByReservation(page.items).map((instances) => ({
      reservationId: instances[0]?.reservationId,
      ownerId: call.accountId,
      groupSet: [],
      instancesSet: instances.map((instance) => () => writeInstance(instance, call)),
    }));
    return { reservationSet: reservations, nextToken: page.nextToken };
  },
});

function idOf({ id }: Instance): string {
  return id;
}

function groupByReservation(instances: readonly Instance[]): Instance[][] {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    const group = groups.get(instance.reservationId);
    if (group) group.push(instance);
    else groups.set(instance.reservationId, [instance]);
  }
  return [...groups.values()];
}
