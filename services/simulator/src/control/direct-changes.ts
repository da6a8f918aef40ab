// Changes of the cloud that do not come through its API: what a colleague does in the web console, say.
import { z } from 'zod';
import { findImages } from '../compute/find-image.ts';
import { findInstances } from '../compute/find-instances.ts';
import type { Image } from '../compute/image.ts';
import { terminateInstance } from '../compute/instance-lifecycle.ts';
import { launchInstances, usualLaunch } from '../compute/launch.ts';
import type { RegionState } from '../compute/region-state.ts';
import { changeTags } from '../compute/tag-resources.ts';
import { addTags, removeTags } from '../compute/tags.ts';
import type { Simulation } from '../simulation.ts';

export const placeSchema = z.object({ accountId: z.string().regex(/^\d{12}$/), region: z.string() });

export const directLaunchSchema = placeSchema.extend({
  /** Without one: the first public image that fits the type. */
  imageId: z.string().optional(),
  instanceType: z.string().default(usualLaunch.instanceType),
  zone: z.string().optional(),
  keyName: z.string().optional(),
  count: z.int().min(1).max(10_000).default(1),
  tags: z.record(z.string(), z.string()).default({}),
});

export const directTerminationSchema = placeSchema.extend({ instanceIds: z.array(z.string()) });

export const directTagsSchema = placeSchema.extend({
  resourceIds: z.array(z.string()),
  /** `null` takes a tag away. */
  tags: z.record(z.string(), z.string().nullable()),
});

export type Place = z.infer<typeof placeSchema>;
export type DirectLaunch = z.input<typeof directLaunchSchema>;
export type DirectTermination = z.input<typeof directTerminationSchema>;
export type DirectTags = z.input<typeof directTagsSchema>;

export function stateAt({ accountId, region }: Place, simulation: Simulation): RegionState {
  if (!simulation.config.regions.includes(region)) throw new Error(`There is no region ${region}.`);
  return simulation.parts.world.regionState(accountId, region);
}

export function createDirectly(launch: z.infer<typeof directLaunchSchema>, simulation: Simulation) {
  const { clock, random, parts } = simulation;
  const { instanceType, zone, keyName, count } = launch;
  const tags = addTags(new Map(), entriesOf(launch.tags));
  const instances = launchInstances(
    { ...usualLaunch, image: chooseImage(launch, simulation), instanceType, count, zone, keyName, tags },
    {
      state: stateAt(launch, simulation),
      random,
      nowMs: clock.world.nowMs(),
      transitionMs: parts.settings.transitionMs,
      zonesDown: new Set(),
    },
  );
  return { instanceIds: instances.map(({ id }) => id) };
}

export function terminateDirectly(
  { instanceIds, ...place }: z.infer<typeof directTerminationSchema>,
  simulation: Simulation,
): void {
  const state = stateAt(place, simulation);
  const times = {
    nowMs: simulation.clock.world.nowMs(),
    transitionMs: simulation.parts.settings.transitionMs,
  };
  for (const instance of findInstances(instanceIds, { state }))
    state.putInstance(terminateInstance(instance, times));
}

export function tagDirectly(
  { resourceIds, tags, ...place }: z.infer<typeof directTagsSchema>,
  simulation: Simulation,
): void {
  const removed = Object.keys(tags).flatMap((key) => (tags[key] === null ? [{ key, value: undefined }] : []));
  const added = entriesOf(tags).flatMap(({ key, value }) => (value === null ? [] : [{ key, value }]));
  const call = { ...place, state: stateAt(place, simulation), world: simulation.parts.world };
  // removeTags takes an empty list for "all of them".
  changeTags(resourceIds, call, (before) =>
    addTags(removed.length > 0 ? removeTags(before, removed) : before, added),
  );
}

/** Throws when there is none. */
export function chooseImage(
  {
    accountId,
    region,
    imageId,
    instanceType,
  }: Pick<z.infer<typeof directLaunchSchema>, 'accountId' | 'region' | 'imageId' | 'instanceType'>,
  simulation: Simulation,
): Image {
  const { world } = simulation.parts;
  const architecture = /^[a-z]+\d+g/.test(instanceType) ? 'arm64' : 'x86_64';
  const candidates =
    imageId === undefined
      ? world
          .imagesFor(accountId, region)
          .filter((image) => image.isPublic && image.architecture === architecture)
      : findImages([imageId], { world, accountId, region });
  const [image] = candidates;
  if (!image) throw new Error('There is no public image that fits.');
  return image;
}

function entriesOf<T>(record: Readonly<Record<string, T>>): { key: string; value: T }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}
