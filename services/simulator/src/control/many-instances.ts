// Changes of very many instances at once, for measuring how a poller bears them.
import { z } from 'zod';
import type { Instance } from '../compute/instance.ts';
import { startInstance, stopInstance, terminateInstance } from '../compute/instance-lifecycle.ts';
import { launchInstances, newPublicIp, usualLaunch } from '../compute/launch.ts';
import { addTags, removeTags } from '../compute/tags.ts';
import type { Tags } from '../listing/filters.ts';
import type { Simulation } from '../simulation.ts';
import { chooseImage, placeSchema, stateAt } from './direct-changes.ts';

export const manyInstancesSchema = placeSchema.extend({
  count: z.int().min(1).max(1_000_000),
  imageId: z.string().optional(),
  instanceType: z.string().default(usualLaunch.instanceType),
  zone: z.string().optional(),
  /** In a value, `{n}` stands for the number of the first instance of the reservation, from 0. */
  tags: z.record(z.string(), z.string()).default({ Name: 'instance-{n}' }),
  instancesPerReservation: z.int().min(1).max(1000).default(1),
});

export const manyChangesSchema = placeSchema.extend({
  /** Which part of all instances to change, from 0 to 1. */
  share: z.number().min(0).max(1),
  /** Another seed changes others. */
  seed: z.int().min(0).default(0),
  /** `null` takes a tag away. */
  tags: z.record(z.string(), z.string().nullable()).default({}),
  /** What to do to them besides; left out for those that it is not possible for. */
  action: z.enum(['start', 'stop', 'terminate']).optional(),
});

export type ManyInstances = z.input<typeof manyInstancesSchema>;
export type ManyChanges = z.input<typeof manyChangesSchema>;

interface Changed {
  readonly instanceIds: readonly string[];
}

/** They run at once. It takes some 20 µs and 2 KB for each. */
export function createManyInstances(
  many: z.infer<typeof manyInstancesSchema>,
  simulation: Simulation,
): Changed {
  const { count, instanceType, zone, tags, instancesPerReservation } = many;
  const image = chooseImage(many, simulation);
  const deps = {
    state: stateAt(many, simulation),
    random: simulation.random,
    nowMs: simulation.clock.world.nowMs(),
    transitionMs: 0,
    zonesDown: new Set<string>(),
  };
  const instanceIds: string[] = [];
  while (instanceIds.length < count) {
    const size = Math.min(instancesPerReservation, count - instanceIds.length);
    const order = { ...usualLaunch, image, instanceType, zone, count: size };
    const launched = launchInstances({ ...order, tags: numberedTags(tags, instanceIds.length) }, deps);
    for (const { id } of launched) {
      // Read once, so that it is settled to running and what it was is not kept.
      deps.state.instance(id);
      instanceIds.push(id);
    }
  }
  return { instanceIds };
}

/** Gives the ids of those that were changed: every so many of all, in the order of ids. */
export function changeManyInstances(
  { share, seed, tags, action, ...place }: z.infer<typeof manyChangesSchema>,
  simulation: Simulation,
): Changed {
  const { instanceTable, putInstance } = stateAt(place, simulation);
  const all = instanceTable
    .all()
    .filter(({ state }) => state !== 'terminated')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const count = Math.round(all.length * share);
  const changed = Array.from(
    { length: count },
    (_, i) => all[(seed + Math.floor((i * all.length) / count)) % all.length],
  ).flatMap((instance) => (instance ? [act(withTags(instance, tags), action, simulation)] : []));
  changed.forEach(putInstance);
  return { instanceIds: changed.map(({ id }) => id) };
}

function numberedTags(tags: Readonly<Record<string, string>>, number: number): Tags {
  const numbered = Object.entries(tags).map(([key, value]) => ({
    key,
    value: value.replaceAll('{n}', String(number)),
  }));
  return addTags(new Map(), numbered);
}

function withTags(instance: Instance, tags: Readonly<Record<string, string | null>>): Instance {
  const entries = Object.entries(tags);
  if (entries.length === 0) return instance;
  const removed = entries.flatMap(([key, value]) => (value === null ? [{ key, value: undefined }] : []));
  const added = entries.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
  // removeTags takes an empty list for "all of them".
  const kept = removed.length > 0 ? removeTags(instance.tags, removed) : instance.tags;
  return { ...instance, tags: addTags(kept, added) };
}

function act(
  instance: Instance,
  action: z.infer<typeof manyChangesSchema>['action'],
  { clock, parts, random }: Simulation,
): Instance {
  const times = { nowMs: clock.world.nowMs(), transitionMs: parts.settings.transitionMs };
  switch (action) {
    case 'terminate':
      return terminateInstance(instance, times);
    case 'stop':
      return steppedOrSame(stopInstance(instance, false, times), instance);
    case 'start':
      return steppedOrSame(startInstance(instance, newPublicIp(random), times), instance);
    default:
      return instance;
  }
}

function steppedOrSame(step: ReturnType<typeof stopInstance>, instance: Instance): Instance {
  return step.ok ? step.instance : instance;
}
