// One process of this service keeps bindings, replays and metrics; the others wait to take over.
import type { Store } from '@cloud-gateway/store';

export interface LeadershipOptions {
  readonly store: Pick<Store, 'read'>;
  /** Unique among all processes. */
  readonly owner: string;
  readonly leaseMs: number;
}

const leaseName = 'subscription-keeper';

export class LeadershipLostError extends Error {
  constructor() {
    super('another process keeps the subscriptions now');
  }
}

export class Leadership {
  readonly #options: LeadershipOptions;
  #heldUntilMs = Number.NEGATIVE_INFINITY;

  constructor(options: LeadershipOptions) {
    this.#options = options;
  }

  /** True while this process leads; asks the database when a third of the lease has passed. */
  async hold(): Promise<boolean> {
    const { store, owner, leaseMs } = this.#options;
    const nowMs = performance.now();
    if (nowMs < this.#heldUntilMs - (leaseMs * 2) / 3) return true;
    const epoch = await store.read.leases.take(leaseName, { owner, leaseMs });
    this.#heldUntilMs = epoch === null ? Number.NEGATIVE_INFINITY : nowMs + leaseMs;
    return epoch !== null;
  }

  /** Before each step that changes something: rejects with LeadershipLostError when this process leads no more. */
  async assertHeld(): Promise<void> {
    if (!(await this.hold())) throw new LeadershipLostError();
  }

  /** So that another need not wait for the end of the lease. */
  async release(): Promise<void> {
    const { store, owner } = this.#options;
    if (this.#heldUntilMs === Number.NEGATIVE_INFINITY) return;
    this.#heldUntilMs = Number.NEGATIVE_INFINITY;
    await store.read.leases.release(leaseName, owner).catch(() => undefined);
  }
}
