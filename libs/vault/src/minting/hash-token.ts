import { createHash } from 'node:crypto';

/**
 * Gives the SHA-256 of a token: what is stored and looked up. A fast hash is right here, because a minted token has 178
 * random bits that nobody can try out; for what a person chose use hashSecret.
 */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
