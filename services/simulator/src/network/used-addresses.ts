// How many addresses of each subnet instances have. Counted when first asked for, and then known for one call.
import type { Instance } from '../compute/instance.ts';

export function countUsedAddresses(
  instances: () => readonly Instance[],
): (subnet: { readonly id: string }) => number {
  let counts: Map<string, number> | undefined;
  const count = () => {
    const bySubnet = new Map<string, number>();
    for (const { state, subnetId } of instances()) {
      if (state !== 'terminated') bySubnet.set(subnetId, (bySubnet.get(subnetId) ?? 0) + 1);
    }
    return bySubnet;
  };
  return ({ id }) => {
    counts ??= count();
    return counts.get(id) ?? 0;
  };
}
