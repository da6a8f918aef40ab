// Everything the simulated cloud knows. `parts` is replaced as a whole by reset(), so nothing can be forgotten there.
import { createSigningKeyCache, type SigningKeyCache } from '@cloud-gateway/sigv4';
import { type CallLog, createCallLog } from './call-log.ts';
import { createWorld, type World } from './compute/world.ts';
import type { SimulatorConfig } from './config.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { createThrottling, type Throttling } from './faults/throttling.ts';
import { createIdentityStore, type IdentityStore } from './identity/identity-store.ts';
import type { PagingMode } from './listing/paging.ts';
import type { RandomSource } from './random-source.ts';
import type { SimulatorClock } from './simulator-clock.ts';
import { createStates, type States } from './states.ts';

/** What can be changed while it runs. */
export interface Settings {
  transitionMs: number;
  terminatedLingerMs: number;
  lagMs: number;
  changeLagMs: number;
  paging: PagingMode;
}

interface SimulationParts {
  readonly settings: Settings;
  readonly identity: IdentityStore;
  readonly world: World;
  readonly states: States;
  readonly faults: Faults;
  readonly throttling: Throttling;
  readonly calls: CallLog;
}

export interface Simulation {
  readonly config: SimulatorConfig;
  readonly clock: SimulatorClock;
  readonly random: RandomSource;
  readonly signingKeys: SigningKeyCache;
  readonly parts: SimulationParts;
  /** Puts everything back to how it was at the start: accounts, instances, faults, clocks, the log of calls. */
  reset(): void;
}

interface SimulationOptions {
  readonly config: SimulatorConfig;
  readonly clock: SimulatorClock;
  readonly random: RandomSource;
}

export function createSimulation({ config, clock, random }: SimulationOptions): Simulation {
  let parts = createParts({ config, clock, random });
  let signingKeys = createSigningKeyCache();
  return {
    config,
    clock,
    random,
    get signingKeys() {
      return signingKeys;
    },
    get parts() {
      return parts;
    },
    reset() {
      clock.reset();
      // Secrets are numbered afresh, so keys derived from the old ones must not be found under the new numbers.
      signingKeys = createSigningKeyCache();
      parts = createParts({ config, clock, random });
    },
  };
}

function createParts({ config, clock, random }: SimulationOptions): SimulationParts {
  const { transitionMs, terminatedLingerMs, lagMs, changeLagMs, paging } = config;
  const settings: Settings = { transitionMs, terminatedLingerMs, lagMs, changeLagMs, paging };
  const nowMs = () => clock.world.nowMs();
  const identity = createIdentityStore({ users: config.users, roles: config.roles, random, nowMs: nowMs() });
  return {
    settings,
    identity,
    world: createWorld({
      regions: config.regions,
      accountIds: identity.accountIds(),
      times: { nowMs, lagMs: () => settings.lagMs, changeLagMs: () => settings.changeLagMs },
      terminatedLingerMs: () => settings.terminatedLingerMs,
    }),
    states: createStates(),
    faults: createFaults(),
    throttling: createThrottling(nowMs),
    calls: createCallLog(),
  };
}
