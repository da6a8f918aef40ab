// Takes a resource away at once, whatever depends on it: without a last state, as when a listing just does not have it
// any more.

import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import type { RegionState } from '../compute/region-state.ts';
import { kindOfId } from '../compute/resource-kinds.ts';
import { deleteGroup } from '../network/delete-group.ts';
import { disassociate } from '../network/disassociate.ts';
import type { Simulation } from '../simulation.ts';
import { placeSchema, stateAt } from './direct-changes.ts';

export const destructionSchema = placeSchema.extend({ id: z.string() });

export type Destruction = z.input<typeof destructionSchema>;

/** Throws what EC2 says of an id of nothing. */
export function destroyDirectly(
  { id, ...place }: z.infer<typeof destructionSchema>,
  simulation: Simulation,
): void {
  const state = stateAt(place, simulation);
  const kind = kindOfId(id);
  if (!kind) throw new AwsError('InvalidID', `The ID '${id.slice(0, 100)}' is not valid`);
  findByIds([id], kind.table(state).get, kind);
  destroyWhatGoesWith(id, state);
  kind.table(state).delete(id);
}

/** What is in a VPC, the rules of a group, the association of an address. */
function destroyWhatGoesWith(id: string, state: RegionState): void {
  for (const subnet of state.subnets.all()) if (subnet.vpcId === id) state.subnets.delete(subnet.id);
  for (const group of state.securityGroups.all())
    if (group.vpcId === id || group.id === id) deleteGroup(group, state);
  for (const address of state.addresses.all()) if (address.id === id) disassociate(address, { state });
}
