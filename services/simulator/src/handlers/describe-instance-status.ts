// EC2 DescribeInstanceStatus: running instances only, unless all are asked for.
import { defineAction } from '../action.ts';
import { findSeenInstances } from '../compute/find-instances.ts';
import { type Instance, stateCodes } from '../compute/instance.ts';
import { writeState } from '../compute/instance-xml.ts';
import { refuseWhenZoneDown } from '../compute/zone-down.ts';
import { describeBucket } from '../faults/describe-bucket.ts';
import { type FilterTable, filtersField, filterTest } from '../listing/filters.ts';
import { listPage, where } from '../listing/list-page.ts';
import { inOrder } from '../listing/paging.ts';
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
  bucket: describeBucket,
  input: {
    ids: list('InstanceId', text),
    filters: filtersField,
    includeAll: withDefault('IncludeAllInstances', flag, false),
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, filters, includeAll, maxResults, nextToken }, call) {
    const asked = findSeenInstances(ids, call);
    refuseWhenZoneDown({ ids, filters, asked }, call);
    const passes = filterTest({ filters, table: filterTable });
    const byId = ids.length > 0;
    const page = listPage(
      {
        listing: 'instance-status',
        items: where(
          byId ? inOrder(asked, idOf) : { after: call.state.instanceTable.seenAfter },
          (instance) => (includeAll || instance.state === 'running') && passes(instance),
        ),
        keyOf: idOf,
        byId,
        maxResults,
        nextToken,
      },
      call,
    );
    return { instanceStatusSet: page.items.map(writeStatus), nextToken: page.nextToken };
  },
});

function idOf({ id }: Instance): string {
  return id;
}

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
