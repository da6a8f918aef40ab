// The cursor of a list: where the page before ended. Opaque to clients, so that its inside can change.
import { GatewayError } from '@cloud-gateway/contracts';

export interface ListPosition {
  readonly cloudId: string;
  readonly id: string;
}

export function encodeListCursor({ cloudId, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([cloudId, id])).toString('base64url');
}

/** Throws `validation-failed` for anything that encodeListCursor() has not made. */
export function decodeListCursor(cursor: string): ListPosition {
  const parts = parse(Buffer.from(cursor, 'base64url').toString());
  if (Array.isArray(parts) && parts.length === 2) {
    const [cloudId, id] = parts as unknown[];
    if (typeof cloudId === 'string' && typeof id === 'string') return { cloudId, id };
  }
  throw new GatewayError('validation-failed', {
    message: 'The cursor is not one that this list gave',
    issues: [{ path: 'query.cursor', message: 'must be nextCursor of the page before' }],
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
