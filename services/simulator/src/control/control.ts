// What a test or a demonstration does to the cloud from outside of its API: faults, time, and changes that nobody asked
// the API for. The same functions are on the object that start() returns and under /_simulator/.
import { z } from 'zod';
import type { CallRecord } from '../call-log.ts';
import { userSchema } from '../config.ts';
import { type FaultRule, faultRuleSchema } from '../faults/faults.ts';
import { type BucketUse, type ThrottlingSettings, throttlingSchema } from '../faults/throttling.ts';
import { type PagingMode, pagingModes } from '../listing/paging.ts';
import { serviceNames } from '../service-name.ts';
import type { Settings, Simulation } from '../simulation.ts';
import { type Destruction, destroyDirectly, destructionSchema } from './destroy-directly.ts';
import { callDirectly, type DirectCall, directCallSchema } from './direct-call.ts';
import {
  createDirectly,
  type DirectLaunch,
  type DirectTags,
  type DirectTermination,
  directLaunchSchema,
  directTagsSchema,
  directTerminationSchema,
  type Place,
  placeSchema,
  stateAt,
  tagDirectly,
  terminateDirectly,
} from './direct-changes.ts';
import {
  changeManyInstances,
  createManyInstances,
  type ManyChanges,
  type ManyInstances,
  manyChangesSchema,
  manyInstancesSchema,
} from './many-instances.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

/** Each takes at most one argument, and throws when that does not fit or names what does not exist. */
export interface Control {
  /** Replaces all rules; an empty list heals everything. */
  setFaults(rules: readonly FaultRule[]): void;
  /** The rules that are not used up yet, with what is left of their times. */
  faults(): readonly FaultRule[];
  /**
   * Sets the cloud's clock wrong: the Date header and the check of signatures, nothing else. A number holds everywhere
   * and replaces what was set before; an offset for a service or a region holds there.
   */
  setClockOffsetSeconds(offset: ClockOffset): void;
  /** Moves the world forward: transitions end, sessions expire, buckets fill. The Date header stays true. */
  advanceMs(ms: number): void;
  /** How long a new resource stays invisible to Describe calls. */
  setLagMs(ms: number): void;
  /** How long Describe calls show a resource as it was before a change, and list one that is deleted. */
  setChangeLagMs(ms: number): void;
  /** How long pending, stopping, shutting-down take from now on. */
  setTransitionMs(ms: number): void;
  setTerminatedLingerMs(ms: number): void;
  setThrottling(settings: ThrottlingSettings): void;
  /** What each token bucket has allowed and refused since throttling was last set; nothing while it is off. */
  throttled(): readonly BucketUse[];
  setPaging(mode: PagingMode): void;
  /** Adds a key, and its user and account if they are new. */
  addAccessKey(key: z.input<typeof userSchema>): void;
  disableAccessKey(accessKeyId: string): void;
  enableAccessKey(accessKeyId: string): void;
  deleteAccessKey(accessKeyId: string): void;
  /** Replaces what a user may not do: `ec2:RunInstances`, `ec2:*`, `*`. */
  setDeniedActions(user: { accountId: string; userName: string; deniedActions: readonly string[] }): void;
  /** Launches without a call of the API: pending, then running, as any other. */
  createInstanceDirectly(launch: DirectLaunch): { readonly instanceIds: readonly string[] };
  /** As createInstanceDirectly for up to a million that run at once, for a measurement. */
  createInstancesDirectly(many: ManyInstances): { readonly instanceIds: readonly string[] };
  /** Changes a share of all instances; gives the ids of those that it changed. */
  changeInstancesDirectly(changes: ManyChanges): { readonly instanceIds: readonly string[] };
  terminateDirectly(termination: DirectTermination): void;
  /** Adds, changes and (with null) removes tags of resources of any type. */
  tagDirectly(tags: DirectTags): void;
  /**
   * Does any action of EC2 without a call of the API: `{ action: 'CreateVpc', parameters: { CidrBlock: '10.0.0.0/16' } }`.
   * Gives its answer, by the names of the XML elements.
   */
  callDirectly(call: DirectCall): Readonly<Record<string, unknown>>;
  /** Takes a resource of any type away at once, whatever depends on it; an instance is not listed as terminated. */
  destroyDirectly(destruction: Destruction): void;
  /** The true state, without lag and faults. */
  snapshot(place: Place): Snapshot;
  /** What was asked of the API; the latest 10,000 calls, oldest first, and the counts of all. */
  calls(): {
    readonly total: number;
    readonly counts: Readonly<Record<string, number>>;
    readonly calls: readonly CallRecord[];
  };
  /** Puts everything back to how it was at the start. */
  reset(): void;
}

const milliseconds = z.number().min(0).max(1e12);
const seconds = z.number().min(-1e10).max(1e10);
const clockOffsetSchema = z.union([
  seconds,
  z.object({ seconds, service: z.enum(serviceNames).optional(), region: z.string().optional() }),
]);
type ClockOffset = z.input<typeof clockOffsetSchema>;
const accessKeyId = z.string();
const denial = z.object({ accountId: z.string(), userName: z.string(), deniedActions: z.array(z.string()) });

/** The functions parse what they are given: half of their callers come over HTTP. */
export function createControl(simulation: Simulation): Control {
  const { clock } = simulation;
  // Looked up at each call: reset() replaces the parts.
  const identity = () => simulation.parts.identity;
  const change = (changed: Partial<Settings>) => {
    Object.assign(simulation.parts.settings, changed);
  };

  return {
    setFaults: (rules) => simulation.parts.faults.set(z.array(faultRuleSchema).parse(rules)),
    faults: () => simulation.parts.faults.rules(),
    setClockOffsetSeconds: (given) => {
      const offset = clockOffsetSchema.parse(given);
      if (typeof offset === 'number') clock.setOffsetSeconds(offset);
      else clock.setOffsetSeconds(offset.seconds, offset);
    },
    advanceMs: (ms) => clock.advanceMs(milliseconds.parse(ms)),
    setLagMs: (ms) => change({ lagMs: milliseconds.parse(ms) }),
    setChangeLagMs: (ms) => change({ changeLagMs: milliseconds.parse(ms) }),
    setTransitionMs: (ms) => change({ transitionMs: milliseconds.parse(ms) }),
    setTerminatedLingerMs: (ms) => change({ terminatedLingerMs: milliseconds.parse(ms) }),
    setPaging: (mode) => change({ paging: z.enum(pagingModes).parse(mode) }),
    setThrottling: (throttling) => simulation.parts.throttling.set(throttlingSchema.parse(throttling)),
    throttled: () => simulation.parts.throttling.uses(),

    addAccessKey: (key) => identity().addKey(userSchema.parse(key)),
    disableAccessKey: (id) =>
      orThrow(identity().setKeyActive(accessKeyId.parse(id), false), `access key ${id}`),
    enableAccessKey: (id) =>
      orThrow(identity().setKeyActive(accessKeyId.parse(id), true), `access key ${id}`),
    deleteAccessKey: (id) => orThrow(identity().deleteKey(accessKeyId.parse(id)), `access key ${id}`),
    setDeniedActions: (user) => {
      const { deniedActions, ...who } = denial.parse(user);
      orThrow(identity().setDeniedActions(who, deniedActions), `user ${who.userName} in ${who.accountId}`);
    },

    createInstanceDirectly: (launch) => createDirectly(directLaunchSchema.parse(launch), simulation),
    createInstancesDirectly: (many) => createManyInstances(manyInstancesSchema.parse(many), simulation),
    changeInstancesDirectly: (changes) => changeManyInstances(manyChangesSchema.parse(changes), simulation),
    terminateDirectly: (termination) =>
      terminateDirectly(directTerminationSchema.parse(termination), simulation),
    tagDirectly: (tags) => tagDirectly(directTagsSchema.parse(tags), simulation),

    callDirectly: (call) => callDirectly(directCallSchema.parse(call), simulation),
    destroyDirectly: (destruction) => destroyDirectly(destructionSchema.parse(destruction), simulation),

    snapshot: (place) => takeSnapshot(stateAt(placeSchema.parse(place), simulation)),
    calls: () => simulation.parts.calls.read(),
    reset: () => simulation.reset(),
  };
}

function orThrow(found: boolean, what: string): void {
  if (!found) throw new Error(`There is no ${what}.`);
}
