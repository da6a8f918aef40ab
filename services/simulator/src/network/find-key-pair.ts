// Finds a key pair by its name: what RunInstances takes.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { KeyPair } from './key-pair.ts';

export function findKeyPair(name: string, { state }: Pick<Call, 'state'>): KeyPair {
  const found = state.keyPairs.all().find((keyPair) => keyPair.name === name);
  if (found) return found;
  throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${name.slice(0, 255)}' does not exist`);
}
