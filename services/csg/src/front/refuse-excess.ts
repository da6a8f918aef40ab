// A connection more than is allowed: an HTTP client is told so, a TLS client only sees it closed.
import type { Socket } from 'node:net';
import type { Clock } from '@cloud-gateway/clock';
import { endWith } from './end-with.ts';
import { httpResponse, plainText } from './http-response.ts';
import { readAhead } from './read-ahead.ts';
import { contentTypeHandshakeByte } from './tls-alert.ts';

/** How long an excess connection may take to say its first byte. */
const patienceMs = 1_000;

export async function refuseExcess(socket: Socket, clock: Clock): Promise<void> {
  const deadline = setTimeout(() => socket.destroy(), patienceMs);
  socket.once('close', () => clearTimeout(deadline));
  const firstByte = await readAhead(socket, (bytes) => ({ found: bytes[0], usedBytes: bytes.length }));
  if (firstByte === undefined || firstByte === contentTypeHandshakeByte) {
    socket.destroy();
    return;
  }
  clearTimeout(deadline);
  const response = {
    ...plainText(503, 'Too many connections are open; close some that are idle, or try again later.'),
    headers: { 'Retry-After': '1' },
  };
  endWith(socket, httpResponse(response, new Date(clock.nowMs())));
}
