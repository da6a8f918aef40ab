// Ends what an elastic address is associated with; nothing happens to one that is associated with nothing.
import type { Call } from '../call.ts';
import type { Address } from './address.ts';

export function disassociate(address: Address, { state }: Pick<Call, 'state'>): void {
  if (!address.association) return;
  const instance = state.instance(address.association.instanceId);
  if (instance?.elasticIp === address.publicIp) state.putInstance({ ...instance, elasticIp: undefined });
  state.addresses.put({ ...address, association: undefined });
}
