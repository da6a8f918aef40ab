// TLS contexts by certificate name. A context is as old as the day at most: a new day has new ticket keys, and the
// certificate, valid for a week, is renewed with it.
import { constants } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Clock } from '@cloud-gateway/clock';
import type { LeafMinter } from './create-leaf-minter.ts';
import type { LeafNames } from './leaf-names.ts';
import type { TicketKeys } from './ticket-keys.ts';

export interface ContextCache {
  /** The context that shows a certificate for these names. 1 ms of work when it is new. */
  contextFor(names: LeafNames): SecureContext;
  /** How many are held. */
  readonly size: number;
}

export interface ContextCacheOptions {
  readonly minter: LeafMinter;
  readonly ticketKeys: TicketKeys;
  readonly clock: Clock;
  /** The least recently used one goes; each holds 17 to 27 KB. */
  readonly contextsMax: number;
}

interface Entry {
  readonly context: SecureContext;
  readonly day: number;
  readonly notAfterMs: number;
}

export function createContextCache(options: ContextCacheOptions): ContextCache {
  const { minter, ticketKeys, clock, contextsMax } = options;
  // A Map keeps the order of insertion: the first one is the least recently used.
  const entries = new Map<string, Entry>();

  // Everything in one turn of the event loop, so that no name is ever minted twice at once.
  function contextFor(names: LeafNames): SecureContext {
    const nowMs = clock.nowMs();
    const day = ticketKeys.dayOf(nowMs);
    const known = entries.get(names[0]);
    entries.delete(names[0]);
    const isCurrent = known !== undefined && known.day === day && nowMs < known.notAfterMs;
    const entry = isCurrent ? known : createEntry(names, day);
    entries.set(names[0], entry);
    if (entries.size > contextsMax) dropOldest();
    return entry.context;
  }

  function createEntry(names: LeafNames, day: number): Entry {
    const { certificatePem, notAfterMs } = minter.mint(names);
    const context = createSecureContext({
      ...policy,
      cert: certificatePem,
      key: minter.keyPem,
      ticketKeys: ticketKeys.keysOf(day),
    });
    return { context, day, notAfterMs };
  }

  function dropOldest(): void {
    for (const name of entries.keys()) {
      entries.delete(name);
      return;
    }
  }

  return {
    contextFor,
    get size() {
      return entries.size;
    },
  };
}

const policy = {
  minVersion: 'TLSv1.2',
  // Forward secret and authenticated ones only. AES-128 first, as the AWS endpoints have it: it is the cheapest, unless the
  // client, having no AES in hardware, puts ChaCha20 first.
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
  ].join(':'),
  honorCipherOrder: true,
  secureOptions: constants.SSL_OP_PRIORITIZE_CHACHA | constants.SSL_OP_NO_RENEGOTIATION,
  // OpenSSL's 300 s would make a client that pauses pay for a full handshake. The day's end is the limit anyway.
  sessionTimeout: 86_400,
} as const;
