import type { Clock } from '@cloud-gateway/clock';
import type { CsgConfig } from '../config.ts';
import { type ContextCache, createContextCache } from './create-context-cache.ts';
import { createLeafMinter } from './create-leaf-minter.ts';
import { loadRoot } from './load-root.ts';
import type { Root } from './root.ts';
import { createTicketKeys } from './ticket-keys.ts';

export interface Certificates {
  readonly root: Root;
  readonly contexts: ContextCache;
}

/** Throws ConfigurationError when the configured root cannot be used. */
export async function openCertificates(
  config: CsgConfig,
  { clock }: { readonly clock: Clock },
): Promise<Certificates> {
  const root = await loadRoot({
    certificateFile: config.GATEWAY_CSG_ROOT_CERT_FILE,
    keyFile: config.GATEWAY_CSG_ROOT_KEY_FILE,
    clock,
    settings: { certificate: 'GATEWAY_CSG_ROOT_CERT_FILE', key: 'GATEWAY_CSG_ROOT_KEY_FILE' },
  });
  const minter = createLeafMinter({ root, clock });
  const ticketKeys = createTicketKeys(root.privateKey);
  return { root, contexts: createContextCache({ minter, ticketKeys, clock, contextsMax: 500 }) };
}
