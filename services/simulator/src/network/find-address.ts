// Finds the elastic address that a call means: by its allocation id, or by itself.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import type { Address } from './address.ts';
import { idKinds } from './id-kinds.ts';

interface AddressReference {
  readonly id?: string | undefined;
  readonly publicIp?: string | undefined;
}

export function findAddress({ id, publicIp }: AddressReference, { state }: Pick<Call, 'state'>): Address {
  if (id === undefined && publicIp === undefined) {
    throw new AwsError('MissingParameter', 'Either public IP or allocation id must be specified');
  }
  const found =
    id === undefined
      ? state.addresses.all().find((address) => address.publicIp === publicIp)
      : findByIds([id], state.addresses.get, idKinds.address)[0];
  if (found) return found;
  throw new AwsError('InvalidAddress.NotFound', `Address '${(publicIp ?? '').slice(0, 100)}' not found.`);
}
