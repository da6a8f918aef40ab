import type { GatewayError } from '@cloud-gateway/contracts';

/** Tells whether the same call may succeed a moment later. Not what was throttled: that would be more of the same. */
export function isWorthRepeating({ code, cloud }: GatewayError): boolean {
  // Capacity does not come back within a second.
  if (cloud?.code.startsWith('Insufficient') === true) return false;
  return code === 'cloud-failed' || code === 'cloud-unreachable' || code === 'cloud-timeout';
}
