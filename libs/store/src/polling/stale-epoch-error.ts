/** Thrown when a poller has lost its lease of a unit: another one works on it, and the results must be dropped. */
export class StaleEpochError extends Error {
  override readonly name = 'StaleEpochError';
  readonly code = 'stale-epoch';

  constructor({ id, epoch }: { id: number; epoch: number }) {
    super(`the lease of poll unit ${id} with epoch ${epoch} is lost`);
  }
}

/** Compares the code, not the class: two copies of this package may be loaded. */
export function isStaleEpoch(err: unknown): boolean {
  return err instanceof Error && (err as { code?: unknown }).code === 'stale-epoch';
}
