// The listings of EC2 and how often each is worth asking for. One table: what the poller schedules, and what is called.
import type { PollGroup } from '../cloud.ts';
import { listDatacenters } from './listings/list-datacenters.ts';
import { listImages } from './listings/list-images.ts';
import { listInstanceTypes } from './listings/list-instance-types.ts';
import { listInstances } from './listings/list-instances.ts';
import { listPublishedImages } from './listings/list-published-images.ts';
import type { Listing } from './listings/listing.ts';

export interface Ec2PollGroup extends PollGroup {
  readonly list: Listing;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const catalogue = { floor: hour, normal: hour, ceiling: 24 * hour };

export const ec2PollGroups: readonly Ec2PollGroup[] = [
  {
    name: 'instances',
    types: ['instance'],
    scope: 'account',
    intervalMs: { floor: 2 * second, normal: 30 * second, ceiling: 10 * minute },
    list: listInstances,
  },
  {
    name: 'images',
    types: ['image'],
    scope: 'account',
    intervalMs: { floor: 30 * second, normal: minute, ceiling: 10 * minute },
    list: listImages,
  },
  {
    name: 'datacenters',
    types: ['datacenter'],
    scope: 'account',
    intervalMs: catalogue,
    list: listDatacenters,
  },
  {
    name: 'instance-types',
    types: ['instance-type'],
    scope: 'account',
    intervalMs: catalogue,
    list: listInstanceTypes,
  },
  {
    name: 'published-images',
    types: ['image'],
    scope: 'published',
    intervalMs: catalogue,
    list: listPublishedImages,
  },
];
