// Hashes of secrets that a person chose. scrypt takes memory and time on purpose; it runs in libuv's thread pool, so
// the event loop goes on.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import {
  defaultScryptParameters,
  formatScrypt,
  parseScrypt,
  type ScryptParameters,
  type StoredScrypt,
} from './scrypt-text.ts';

const saltBytes = 16;
const hashBytes = 32;

/** Makes the text to store. Two calls with the same secret give different texts. */
export async function hashSecret(
  secret: string,
  parameters: ScryptParameters = defaultScryptParameters,
): Promise<string> {
  const salt = randomBytes(saltBytes);
  return formatScrypt({ ...parameters, salt, hash: await derive(secret, salt, parameters, hashBytes) });
}

/**
 * Tells whether `secret` is the one that was hashed, in constant time. Pass undefined as `stored` when there is no such
 * client: it takes as long and gives false, so the time taken does not tell who exists.
 */
export async function verifySecret(secret: string, stored: string | undefined): Promise<boolean> {
  const expected = stored === undefined ? dummy() : parseScrypt(stored);
  const actual = await derive(secret, expected.salt, expected, expected.hash.length);
  return timingSafeEqual(actual, expected.hash) && stored !== undefined;
}

/** Tells whether the stored hash was made with other parameters than today's: hash again after the next good log-in. */
export function needsRehash(stored: string, parameters: ScryptParameters = defaultScryptParameters): boolean {
  const { N, r, p } = parseScrypt(stored);
  return N !== parameters.N || r !== parameters.r || p !== parameters.p;
}

function dummy(): StoredScrypt {
  return { ...defaultScryptParameters, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };
}

function derive(
  secret: string,
  salt: Buffer,
  { N, r, p }: ScryptParameters,
  length: number,
): Promise<Buffer> {
  // Node's default limit of 32 MiB is just too small for N = 2^15, r = 8.
  const options = { N, r, p, maxmem: 2 * 128 * N * r + 1024 * p * r };
  // NFKC, so that the same letters typed on another keyboard are the same secret.
  const text = secret.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, length, options, (err, hash) => (err ? reject(err) : resolve(hash)));
  });
}
