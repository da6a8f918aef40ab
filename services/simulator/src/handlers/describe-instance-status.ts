// EC2 DescribeInstanceStatus: running instances only, unless all are asked for.
import { defineAction } from '../action.ts';
import { findVisibleInstances, isVisible } from '../compute/find-instances.ts';
import { type Instance, stateCodes } from '../compute/instance.ts';
import { writeState } from '../compute/instance-xml.ts';
import { refuseWhenZoneDown } from '../compute/zone-down.ts';
import { applyFilters, type FilterTable, filtersField } from '../listing/filters.ts';
import { cutPage } from '../listing/paging.ts';
import { list, optional, withDefault } from '../query/fields.ts';
import { flag, integer, text } from '../query/scalars.ts';
import type { XmlObject } from '../xml.ts';

const filterTable: FilterTable<Instance> = {
  'availability-zone': ({ zone }) => [zone],
  'instance-state-code': ({ state }) => [String(stateCodes[state])],
  'instance-state-name': ({ state }) => [state],
  'instance-status.status': (instance) => [statusOf(instance)],
  'system-status.status': (instance) => [statusOf(instance)],
};

export const describeInstanceStatus = defineAction({
  service: 'ec2',
  name: 'DescribeInstanceStatus',
  bucket: ({ ids, filters, maxResults }) =>
    ids.length + filters.length === 0 && maxResults === undefined ? 'describe-unfiltered' : 'describe',
  input: {
    ids: list('InstanceId', text),
    filters: filtersField,
    includeAll: withDefault('IncludeAllInstances', flag, false),
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, filters, includeAll, maxResults, nextToken }, call) {
    const asked =
      ids.length > 0
        ? findVisibleInstances(ids, call)
        : call.state.instances().filter((instance) => isVisible(instance, call));
    refuseWhenZoneDown({ ids, filters, asked }, call);
    const inState = asked.filter(({ state }) => includeAll || state === 'running');
    const page = cutPage({
      items: applyFilters(inState, { filters, table: filterTable }),
      keyOf: ({ id }) => id,
      maxResults,
      nextToken,
      mode: call.settings.paging,
      listing: 'instance-status',
    });
    return { instanceStatusSet: call.shuffled(page.items).map(writeStatus), nextToken: page.nextToken };
  },
});

function statusOf({ state }: Instance): 'ok' | 'initializing' | 'not-applicable' {
  if (state === 'running') return 'ok';
  return state === 'pending' ? 'initializing' : 'not-applicable';
}

function writeStatus(instance: Instance): XmlObject {
  const status = statusOf(instance);
  const details =
    status === 'not-applicable'
      ? undefined
      : [{ name: 'reachability', status: status === 'ok' ? 'passed' : 'initializing' }];
  return {
    instanceId: instance.id,
    availabilityZone: instance.zone,
    instanceState: writeState(instance.state),
    systemStatus: { status, details },
    instanceStatus: { status, details },
    eventsSet: [],
  };
}
