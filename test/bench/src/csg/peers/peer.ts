import type { TransferKind } from '../calls/transfer.ts';
import type { LoadTarget } from '../load/open-connection.ts';
import type { World } from '../world/world.ts';

/** One of those that are compared, running. */
export interface Peer {
  readonly target: LoadTarget;
  /** Whose CPU and memory are measured, with its descendants; undefined: there is no proxy. */
  readonly pid: number | undefined;
  /** Of a database that works for it; its CPU is shown apart. */
  readonly databasePid?: number | undefined;
  /** Verifies what comes with the issued key, and signs it with the cloud's. */
  readonly signs: boolean;
  /** What it can carry without holding all of it in memory, or breaking. */
  readonly transfers: readonly TransferKind[];
  /** Another process of it, for sessions that go on there. */
  readonly second?: LoadTarget;
  stop(): Promise<void>;
}

interface SkippedPeer {
  /** For people. */
  readonly skipped: string;
}

export type StartPeer = (world: World) => Promise<Peer | SkippedPeer>;
