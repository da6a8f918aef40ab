import { hash } from 'node:crypto';
import type { ResourceType } from '@cloud-gateway/contracts';

/** Where a resource lives; with the cloud's own id, all that identifies it. */
export interface ResourceScope {
  readonly cloud: string;
  /** The gateway's account id; `publishedAccountId(cloud)` for what the cloud shows to everybody. */
  readonly account: string;
  readonly region: string;
}

/**
 * Computes the gateway's id of a resource. The same resource always gets the same id, whoever sees it first, so a
 * create and a discovery at the same moment can never make two rows. 130 bits of SHA-256 in base32.
 */
export function resourceIdOf(
  scope: ResourceScope,
  { type, cloudId }: { type: ResourceType; cloudId: string },
): string {
  // A JSON array keeps the parts apart: ["a", "bc"] and ["ab", "c"] differ.
  const identity = JSON.stringify([scope.cloud, scope.account, scope.region, type, cloudId]);
  return `res_${base32(hash('sha256', identity, 'hex').slice(0, 35)).slice(0, 26)}`;
}

/** What names a resource within one scope: as good as its id there, and much cheaper to make. */
export function resourceKey({ type, cloudId }: { type: ResourceType; cloudId: string }): string {
  return `${type} ${cloudId}`;
}

/** Tells whether a text has the form of the gateway's ids; a cloud's own id may have it too. */
export function looksLikeResourceId(text: string): boolean {
  return /^res_[a-z2-7]{26}$/.test(text);
}

/** The pseudo account that published resources are kept under, once for everybody. */
export function publishedAccountId(cloud: string): string {
  return `${cloud}-public`;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 6, in lower case and without padding; of whole groups of five hexadecimal digits, which are four letters. */
function base32(hex: string): string {
  let text = '';
  for (let at = 0; at < hex.length; at += 5) {
    const bits = Number.parseInt(hex.slice(at, at + 5), 16);
    text += letter(bits >>> 15) + letter(bits >>> 10) + letter(bits >>> 5) + letter(bits);
  }
  return text;
}

function letter(bits: number): string {
  return alphabet.charAt(bits & 31);
}
