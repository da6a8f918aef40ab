// Hex SHA-256. crypto.hash (Node 20.12 and later) is one call without an object; older Nodes take the long way.
import * as crypto from 'node:crypto';

export type Bytes = string | Uint8Array;

export const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Text is hashed as UTF-8. */
export const sha256Hex: (data: Bytes) => string =
  typeof crypto.hash === 'function'
    ? (data) => crypto.hash('sha256', data, 'hex')
    : (data) => crypto.createHash('sha256').update(data).digest('hex');
