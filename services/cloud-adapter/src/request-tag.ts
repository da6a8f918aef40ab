// How the resources that one wish has made are known: by a tag with the wish's name, and for clouds that have it, by an
// idempotency token. Both are equal for every attempt and every repetition, and for no other client's wish.
import { createHash } from 'node:crypto';

export interface Wish {
  readonly clientId: string;
  readonly idempotencyKey: string;
}

/** `<client>/<key>`; a key that a cloud may not take as a tag is replaced by its SHA-256. */
export function requestTagOf({ clientId, idempotencyKey }: Wish): string {
  const key = safeInTags.test(idempotencyKey)
    ? idempotencyKey
    : `sha256:${createHash('sha256').update(idempotencyKey).digest('hex')}`;
  return `${clientId}/${key}`;
}

/** Short enough for any column and any cloud. */
export function idempotencyTokenOf({ clientId, idempotencyKey }: Wish): string {
  return createHash('sha256').update(`${clientId} ${idempotencyKey}`).digest('base64url');
}

// What every cloud takes in the value of a tag, and short enough that the client's id fits before it (EC2: 256 in all).
const safeInTags = /^[\w.:=+@/-]{1,180}$/;
