// A cloud in memory for the poller's tests: what it lists, when it fails and whom it refuses is set by the test.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cloud, CloudSession, PollGroup } from '@cloud-gateway/clouds';
import { type CloudCredentials, GatewayError, type ResourceBody } from '@cloud-gateway/contracts';

export interface FakeCloud extends Cloud {
  /** What each region lists, a page per inner list. */
  readonly listings: Map<string, ResourceBody[][]>;
  /** Datacenters that a region's listing names as missing. */
  readonly missingZones: Map<string, string[]>;
  /** Which ids were looked at, in order. */
  readonly lookedAt: string[][];
  /** Called before each page; throws to fail there. */
  beforePage: (page: { region: string; index: number; signal: AbortSignal }) => Promise<void>;
  /** Access key ids that the cloud refuses. */
  readonly refused: Set<string>;
  /** Regions where it refuses everybody. */
  readonly closedRegions: Set<string>;
  /** Which credentials listed which region, in order. */
  readonly listed: { accessKeyId: string; region: string; group: string }[];
  /** Listings that are under way per region, and the most that ever were at once. */
  readonly atOnce: Map<string, number>;
  atOnceMax: number;
}

export const instancesGroup: PollGroup = {
  name: 'instances',
  types: ['instance'],
  scope: 'account',
  intervalMs: { floor: 20, normal: 300, ceiling: 6_000 },
};

export const imagesGroup: PollGroup = {
  name: 'images',
  types: ['image'],
  scope: 'account',
  intervalMs: { floor: 20, normal: 300, ceiling: 6_000 },
};

export const publishedGroup: PollGroup = {
  name: 'published-images',
  types: ['image'],
  scope: 'published',
  intervalMs: { floor: 1_000, normal: 1_000, ceiling: 6_000 },
};

export function createFakeCloud({
  id = 'ec2',
  regions = ['us-east-1'],
  pollGroups = [instancesGroup],
}: {
  id?: string;
  regions?: string[];
  pollGroups?: PollGroup[];
} = {}): FakeCloud {
  const cloud: FakeCloud = {
    id,
    kind: 'fake',
    regions,
    pollGroups,
    listings: new Map(),
    missingZones: new Map(),
    lookedAt: [],
    beforePage: async () => undefined,
    refused: new Set(),
    closedRegions: new Set(),
    listed: [],
    atOnce: new Map(),
    atOnceMax: 0,
    capabilities: () => ({ id, kind: 'fake', regions, features: {}, resources: [] }),
    isTransitional: ({ state }) => state === 'pending',
    identify: async (credentials) => {
      const accessKeyId = keyIdOf(credentials);
      if (cloud.refused.has(accessKeyId)) throw rejected();
      return { cloudAccountId: '1', identity: accessKeyId };
    },
    signingCredentials: () => Promise.reject(new Error('not part of this fake')),
    checkCredentials: () => Promise.reject(new Error('not part of this fake')),
    open: (credentials, { region }) => openSession(cloud, credentials, region),
    close() {},
  };
  return cloud;
}

function keyIdOf(credentials: CloudCredentials): string {
  return credentials.kind === 'role' ? credentials.roleArn : credentials.accessKeyId;
}

function openSession(cloud: FakeCloud, credentials: CloudCredentials, region: string): CloudSession {
  const accessKeyId = keyIdOf(credentials);
  const unused = () => Promise.reject(new Error('not part of this fake'));
  return {
    async *list(group, signal) {
      cloud.listed.push({ accessKeyId, region, group });
      enter(cloud, region);
      try {
        if (cloud.refused.has(accessKeyId) || cloud.closedRegions.has(region)) throw rejected();
        const pages = cloud.listings.get(region) ?? [];
        for (const [index, page] of [...pages, []].entries()) {
          await cloud.beforePage({ region, index, signal });
          await sleep(1);
          signal.throwIfAborted();
          const missingZones = index === 0 ? cloud.missingZones.get(region) : undefined;
          yield { items: page, ...(missingZones && { missingZones }) };
        }
      } finally {
        cloud.atOnce.set(region, (cloud.atOnce.get(region) ?? 0) - 1);
      }
    },
    async look(type, cloudIds, signal) {
      signal.throwIfAborted();
      cloud.lookedAt.push([...cloudIds]);
      if (cloud.refused.has(accessKeyId)) throw rejected();
      const all = (cloud.listings.get(region) ?? []).flat();
      return all.filter((body) => body.type === type && cloudIds.includes(body.cloudId));
    },
    findCreated: async () => [],
    create: unused,
    update: unused,
    destroy: unused,
    act: unused,
    sharing: unused,
    share: unused,
    close() {},
  };
}

function enter(cloud: FakeCloud, region: string): void {
  const count = (cloud.atOnce.get(region) ?? 0) + 1;
  cloud.atOnce.set(region, count);
  cloud.atOnceMax = Math.max(cloud.atOnceMax, count);
}

function rejected(): GatewayError {
  return new GatewayError('credentials-rejected', { message: 'The cloud does not know this key' });
}
