// Two questions of an orchestrator. Live: should this process be restarted? Ready: should it get work now? A broker
// that is away makes a process not ready, never not live: a restart would not bring the broker back.

export interface HealthReport {
  readonly ok: boolean;
  /** `ok`, or why not, by name of the check. */
  readonly checks: Readonly<Record<string, string>>;
}

export interface HealthProbes {
  live(): Promise<HealthReport>;
  ready(): Promise<HealthReport>;
}

export type HealthState = 'starting' | 'serving' | 'draining';

/** true: fine; false or a text: not, and the text says why. To throw says why as well. */
export type HealthCheck = () => boolean | string | Promise<boolean | string>;

export interface Health extends HealthProbes {
  readonly state: HealthState;
  /** Adds a check to the question `probe`, by default `ready`. A name that is there already is replaced. */
  add(name: string, check: HealthCheck, probe?: 'ready' | 'live'): void;
  /** From now on ready, as far as the checks say so. */
  serving(): void;
  /** From now on not ready, until the process ends. */
  draining(): void;
}
