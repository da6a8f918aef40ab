// The cursor of a list: where the page before ended, and in which order. Opaque to clients, so that its inside can change.
import { GatewayError } from '@cloud-gateway/contracts';

export interface ListPosition {
  /** The order of the list, as the client named it. */
  readonly sort: string;
  /** What the last item has in the column of the order: a text, a time in ISO 8601, or nothing. */
  readonly value: string | null;
  readonly cloudId: string;
  readonly id: string;
}

export function encodeListCursor({ sort, value, cloudId, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([sort, value, cloudId, id])).toString('base64url');
}

/** Throws `validation-failed` for anything that encodeListCursor() has not made for a list in this order. */
export function decodeListCursor(cursor: string, sort: string): ListPosition {
  const position = toPosition(parse(Buffer.from(cursor, 'base64url').toString()));
  if (position === null) throw refused('The cursor is not one that this list gave');
  if (position.sort !== sort) throw refused(`The cursor belongs to a list in the order ${position.sort}`);
  return position;
}

function toPosition(parts: unknown): ListPosition | null {
  if (!Array.isArray(parts) || parts.length !== 4) return null;
  const [sort, value, cloudId, id] = parts as unknown[];
  if (typeof sort !== 'string' || typeof cloudId !== 'string' || typeof id !== 'string') return null;
  if (value !== null && typeof value !== 'string') return null;
  return { sort, value, cloudId, id };
}

function refused(message: string): GatewayError {
  return new GatewayError('validation-failed', {
    message,
    issues: [{ path: 'query.cursor', message: 'must be nextCursor of the page before, in the same order' }],
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
