// The state machine of an instance, as pure steps. Nothing ticks: whoever reads an instance first settles it to the
// present moment.
//
//   pending ──> running ──stop──> stopping ──> stopped ──start──> pending ──stop──> stopping
//      any but the last two ──terminate──> shutting-down ──> terminated ──> gone
import type { Instance, InstanceState } from './instance.ts';

export interface LifecycleTimes {
  readonly nowMs: number;
  /** How long a state that passes lasts. */
  readonly transitionMs: number;
}

const userShutdown = 'Client.UserInitiatedShutdown';
const userHibernate = 'Client.UserInitiatedHibernate';

/** Brings an instance to where time has taken it; undefined when it has disappeared. */
export function settleInstance(
  instance: Instance,
  nowMs: number,
  terminatedLingerMs: number,
): Instance | undefined {
  const { dueAtMs } = instance;
  if (dueAtMs === undefined || dueAtMs > nowMs) return instance;
  switch (instance.state) {
    case 'pending':
      return { ...instance, state: 'running', dueAtMs: undefined, stateReason: undefined };
    case 'stopping':
      return { ...instance, state: 'stopped', dueAtMs: undefined };
    case 'shutting-down':
      // It may be gone already, if nobody looked for long.
      return settleInstance(
        { ...instance, state: 'terminated', dueAtMs: dueAtMs + terminatedLingerMs },
        nowMs,
        0,
      );
    case 'terminated':
      return undefined;
    case 'running':
    case 'stopped':
      return instance;
  }
}

export type Step = { readonly ok: true; readonly instance: Instance } | { readonly ok: false };

/** Starts a stopped instance, at a new public address; one that is starting or running stays as it is. */
export function startInstance(
  instance: Instance,
  publicIp: string,
  { nowMs, transitionMs }: LifecycleTimes,
): Step {
  if (instance.state === 'pending' || instance.state === 'running') return { ok: true, instance };
  if (instance.state !== 'stopped') return { ok: false };
  const started: Instance = {
    ...instance,
    publicIp,
    state: 'pending',
    dueAtMs: nowMs + transitionMs,
    launchedAtMs: nowMs,
    stateReason: { code: 'pending', message: 'pending' },
    transitionReason: '',
  };
  return { ok: true, instance: started };
}

/** Stops one that has been running; one that is stopping or stopped stays as it is. */
export function stopInstance(
  instance: Instance,
  hibernate: boolean,
  { nowMs, transitionMs }: LifecycleTimes,
): Step {
  if (instance.state === 'stopping' || instance.state === 'stopped') return { ok: true, instance };
  // Just started, its system is not ready to hibernate.
  const isStartedAgain =
    instance.state === 'pending' && instance.launchedAtMs > instance.createdAtMs && !hibernate;
  if (instance.state !== 'running' && !isStartedAgain) return { ok: false };
  const code = hibernate ? userHibernate : userShutdown;
  return { ok: true, instance: leave(instance, 'stopping', code, { nowMs, transitionMs }) };
}

/** Always possible; one that is on its way out or out already stays as it is. */
export function terminateInstance(instance: Instance, { nowMs, transitionMs }: LifecycleTimes): Instance {
  if (instance.state === 'shutting-down' || instance.state === 'terminated') return instance;
  return leave(instance, 'shutting-down', userShutdown, { nowMs, transitionMs });
}

function leave(
  instance: Instance,
  state: Extract<InstanceState, 'stopping' | 'shutting-down'>,
  code: string,
  { nowMs, transitionMs }: LifecycleTimes,
): Instance {
  const what = code === userHibernate ? 'User initiated hibernate' : 'User initiated shutdown';
  const at = new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ');
  return {
    ...instance,
    state,
    dueAtMs: nowMs + transitionMs,
    stateReason: { code, message: `${code}: ${what}` },
    transitionReason: `User initiated (${at} GMT)`,
  };
}
