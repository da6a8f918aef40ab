// The cursor of a history: the last revision of the page before.
import { GatewayError } from '@cloud-gateway/contracts';

export function encodeHistoryCursor(revision: number): string {
  return String(revision);
}

/** Throws validation-failed for anything that encodeHistoryCursor() has not made. */
export function decodeHistoryCursor(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor);
  throw new GatewayError('validation-failed', {
    message: 'The cursor is not one that this history gave',
    issues: [{ path: 'query.cursor', message: 'must be nextCursor of the page before' }],
  });
}
