import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Who connected. Behind a trusted proxy: the last address in X-Forwarded-For, which is the one that this proxy wrote. Those
 * before it came from the caller, who may write there what he likes.
 */
export function peerAddressOf(req: IncomingMessage, trustProxy: boolean): string {
  const connected = req.socket.remoteAddress ?? '';
  if (!trustProxy) return connected;
  const forwarded = req.headersDistinct['x-forwarded-for']?.at(-1)?.split(',').at(-1)?.trim() ?? '';
  return isIP(forwarded) ? forwarded : connected;
}
