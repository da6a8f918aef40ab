import { GatewayError, type Permission } from '@cloud-gateway/contracts';

/** Throws `forbidden` when one of `wanted` is not held: nobody gets more through somebody who has less. */
export function assertHoldsAll(
  who: string,
  { wanted, held }: { wanted: readonly Permission[]; held: ReadonlySet<Permission> },
): void {
  const missing = wanted.filter((permission) => !held.has(permission));
  if (missing.length === 0) return;
  throw new GatewayError('forbidden', {
    message: `${who} does not have the permission ${missing.join(', ')}.`,
  });
}
