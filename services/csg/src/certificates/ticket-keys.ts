// TLS session tickets (RFC 5077, RFC 8446 4.6.1) that any process of this installation can open, without their ever
// talking to each other: what they share is the root's private key and the date.
//
// Whoever has the root's key can derive the ticket keys; he could impersonate every host already. What he gains is reading
// resumed TLS 1.2 sessions that he recorded; TLS 1.3 does a key exchange in every resumption.
import { hkdfSync, type KeyObject } from 'node:crypto';

export interface TicketKeys {
  /** Days since 1970, UTC. */
  dayOf(nowMs: number): number;
  /** 48 bytes, as `ticketKeys` of node:tls takes them. */
  keysOf(day: number): Buffer;
}

const dayMs = 86_400_000;
const ticketKeyBytes = 48;

export function createTicketKeys(rootKey: KeyObject): TicketKeys {
  const secret = rootKey.export({ type: 'pkcs8', format: 'der' });
  return {
    dayOf: (nowMs) => Math.floor(nowMs / dayMs),
    keysOf: (day) => {
      const info = `cloud-gateway csg session tickets of day ${day}`;
      return Buffer.from(hkdfSync('sha256', secret, '', info, ticketKeyBytes));
    },
  };
}
