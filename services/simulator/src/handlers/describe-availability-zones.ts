// EC2 DescribeAvailabilityZones. Not paged.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { list, withDefault } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';

export const describeAvailabilityZones = defineAction({
  service: 'ec2',
  name: 'DescribeAvailabilityZones',
  bucket: 'describe',
  input: {
    names: list('ZoneName', text),
    ids: list('ZoneId', text),
    all: withDefault('AllAvailabilityZones', flag, false),
    filters: filtersField,
  },
  handle({ names, ids, filters }, call) {
    const { zonesDown } = call;
    const { zones } = call.state;
    const unknown = [
      ...names.filter((name) => !zones.some((zone) => zone.name === name)),
      ...ids.filter((id) => !zones.some((zone) => zone.id === id)),
    ];
    if (unknown.length > 0) {
      throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${unknown.join(', ')}]`);
    }
    const asked = zones.filter(
      ({ name, id }) => names.length + ids.length === 0 || names.includes(name) || ids.includes(id),
    );
    const stateOf = (name: string) => (zonesDown.has(name) ? 'unavailable' : 'available');
    const found = applyFilters(asked, {
      filters,
      table: {
        'zone-name': ({ name }) => [name],
        'zone-id': ({ id }) => [id],
        'region-name': ({ region }) => [region],
        state: ({ name }) => [stateOf(name)],
        'zone-type': () => ['availability-zone'],
        'opt-in-status': () => ['opt-in-not-required'],
      },
    });
    const { items } = listPage(
      {
        listing: 'availability-zones',
        items: found,
        keyOf: ({ name }) => name,
        byId: names.length + ids.length > 0,
        maxResults: undefined,
        nextToken: undefined,
      },
      call,
    );
    return {
      availabilityZoneInfo: items.map(({ name, id, region }) => ({
        zoneName: name,
        zoneState: stateOf(name),
        regionName: region,
        messageSet: zonesDown.has(name) ? [{ message: `The zone ${name} is disrupted.` }] : [],
        zoneId: id,
        groupName: `${region}-zg-1`,
        networkBorderGroup: region,
        zoneType: 'availability-zone',
        optInStatus: 'opt-in-not-required',
      })),
    };
  },
});
