import { isGatewayError } from '@cloud-gateway/contracts';
import type { AccessKey } from '../keys/access-key.ts';
import type { KeyDirectory } from '../keys/create-key-directory.ts';
import { noAccess } from './no-access.ts';
import { RefusedCall } from './refused-call.ts';

/** Throws RefusedCall when nobody has this key, or when it cannot be said just now. */
export async function loadKey(keys: KeyDirectory, accessKeyId: string): Promise<AccessKey> {
  const key = await keys.load(accessKeyId).catch(asRefusal);
  if (key === undefined) {
    throw noAccess('unknown-client');
  }
  return key;
}

function asRefusal(err: unknown): never {
  if (isGatewayError(err) && err.retryable) {
    throw new RefusedCall('unavailable', 'The gateway cannot look up this key just now. Try again.');
  }
  throw err;
}
