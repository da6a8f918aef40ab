// Machine images: the public ones of the cloud's own account, the same for everybody, and those of each account.
import type { Tags } from '../listing/filters.ts';
import type { Sharing } from './sharing.ts';
import { stableId } from './zones.ts';

type ImageState = 'pending' | 'available' | 'deregistered';

export interface Image extends Sharing {
  readonly id: string;
  readonly ownerId: string;
  readonly ownerAlias: string | undefined;
  readonly name: string;
  readonly description: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly platform: 'windows' | undefined;
  readonly rootDeviceName: string;
  readonly rootSnapshotId: string;
  readonly rootSizeGiB: number;
  readonly createdAtMs: number;
  readonly state: ImageState;
  /** When a pending one becomes available, or a deregistered one disappears. */
  readonly dueAtMs: number | undefined;
  readonly sourceInstanceId: string | undefined;
  /** Of what it is a copy. */
  readonly source: { readonly imageId: string; readonly region: string } | undefined;
  readonly tags: Tags;
}

/** Brings an image to where time has taken it; undefined when it is gone. */
export function settleImage(image: Image, nowMs: number): Image | undefined {
  if (image.dueAtMs === undefined || image.dueAtMs > nowMs) return image;
  return image.state === 'pending' ? { ...image, state: 'available', dueAtMs: undefined } : undefined;
}

/** The cloud's own account, which `amazon` stands for. */
export const amazonAccountId = '137112412989';

/** The public catalogue of a region. Same names everywhere, other ids in each region, as at AWS. */
export function publicImages(region: string): Image[] {
  return catalogue.map(([name, architecture, platform]) => ({
    ...seedImage({ ownerId: amazonAccountId, region, name, architecture }),
    ownerAlias: 'amazon',
    platform,
    isPublic: true,
    rootSizeGiB: platform === 'windows' ? 30 : 8,
    rootDeviceName: platform === 'windows' ? '/dev/sda1' : '/dev/xvda',
  }));
}

/** Two private images, and one shared with `sharedWith`. */
export function seedPrivateImages(accountId: string, region: string, sharedWith: readonly string[]): Image[] {
  const seed = (name: string) => seedImage({ ownerId: accountId, region, name, architecture: 'x86_64' });
  const shared = sharedWith.length > 0 ? [{ ...seed('shared-base'), sharedWith }] : [];
  return [seed('golden-base'), seed('golden-web'), ...shared];
}

const catalogue: readonly (readonly [
  name: string,
  architecture: 'x86_64' | 'arm64',
  platform: 'windows' | undefined,
])[] = [
  ['al2023-ami-2023.6.20260105.0-kernel-6.12-x86_64', 'x86_64', undefined],
  ['al2023-ami-2023.6.20260105.0-kernel-6.12-arm64', 'arm64', undefined],
  ['al2023-ami-minimal-2023.6.20260105.0-kernel-6.12-x86_64', 'x86_64', undefined],
  ['al2023-ami-minimal-2023.6.20260105.0-kernel-6.12-arm64', 'arm64', undefined],
  ['amzn2-ami-hvm-2.0.20260105.0-x86_64-gp2', 'x86_64', undefined],
  ['amzn2-ami-hvm-2.0.20260105.0-arm64-gp2', 'arm64', undefined],
  ['amzn2-ami-ecs-hvm-2.0.20260105-x86_64-ebs', 'x86_64', undefined],
  ['ubuntu-noble-24.04-amd64-server-20260105', 'x86_64', undefined],
  ['ubuntu-noble-24.04-arm64-server-20260105', 'arm64', undefined],
  ['debian-12-amd64-20260105-1', 'x86_64', undefined],
  ['Windows_Server-2022-English-Full-Base-2026.01.05', 'x86_64', 'windows'],
  ['Windows_Server-2025-English-Full-Base-2026.01.05', 'x86_64', 'windows'],
];

interface Seed {
  readonly ownerId: string;
  readonly region: string;
  readonly name: string;
  readonly architecture: 'x86_64' | 'arm64';
}

function seedImage({ ownerId, region, name, architecture }: Seed): Image {
  const place = `${ownerId}/${region}/${name}`;
  return {
    id: stableId('ami', place),
    ownerId,
    ownerAlias: undefined,
    name,
    description: `Simulated image ${name}`,
    architecture,
    platform: undefined,
    rootDeviceName: '/dev/xvda',
    rootSnapshotId: stableId('snap', place),
    rootSizeGiB: 8,
    isPublic: false,
    sharedWith: [],
    createdAtMs: Date.UTC(2026, 0, 5, 9, 30, 0),
    state: 'available',
    dueAtMs: undefined,
    sourceInstanceId: undefined,
    source: undefined,
    tags: new Map(),
  };
}
