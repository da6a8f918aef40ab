// EC2 DescribeInstances: 5 to 1000 a page, or by id. Instances come grouped by reservation; lists have no order.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findVisibleInstances, isVisible } from '../compute/find-instances.ts';
import type { Instance } from '../compute/instance.ts';
import { instanceFilters } from '../compute/instance-filters.ts';
import { writeInstance } from '../compute/instance-xml.ts';
import { refuseWhenZoneDown } from '../compute/zone-down.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { cutPage } from '../listing/paging.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

const instancesPerPageMax = 1000;

export const describeInstances = defineAction({
  service: 'ec2',
  name: 'DescribeInstances',
  bucket: ({ ids, filters, maxResults }) =>
    ids.length + filters.length === 0 && maxResults === undefined ? 'describe-unfiltered' : 'describe',
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
    const asked =
      ids.length > 0
        ? findVisibleInstances(ids, call)
        : call.state.instances().filter((instance) => isVisible(instance, call));
    refuseWhenZoneDown({ ids, filters, asked }, call);
    const page = cutPage({
      items: applyFilters(asked, { filters, table: instanceFilters, tagsOf: ({ tags }) => tags }),
      keyOf: ({ id }) => id,
      maxResults: maxResults ?? instancesPerPageMax,
      nextToken,
      mode: maxResults === undefined ? 'none' : call.settings.paging,
      listing: 'instances',
    });
    const reservations = groupByReservation(page.items).map((instances) => ({
      reservationId: instances[0]?.reservationId,
      ownerId: call.accountId,
      groupSet: [],
      instancesSet: call.shuffled(instances).map((instance) => writeInstance(instance, call)),
    }));
    return { reservationSet: call.shuffled(reservations), nextToken: page.nextToken };
  },
});

function groupByReservation(instances: readonly Instance[]): Instance[][] {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    const group = groups.get(instance.reservationId);
    if (group) group.push(instance);
    else groups.set(instance.reservationId, [instance]);
  }
  return [...groups.values()];
}
