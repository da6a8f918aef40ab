import { certificateAuthorityPemRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Handler, publicHandler } from '@cloud-gateway/messaging';
import { currentAuthorities } from '../current-authorities.ts';
import type { HandlerDeps } from './handler-deps.ts';

const headers = {
  'content-type': 'application/x-x509-ca-cert',
  'content-disposition': 'attachment; filename="cloud-gateway-ca.pem"',
};

export function certificateAuthorityPem({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return publicHandler(certificateAuthorityPemRoute, async () => {
    const authorities = await currentAuthorities(store.read, clock);
    if (authorities.length === 0) {
      throw new GatewayError('not-found', {
        message:
          'No proxy has run with this gateway yet, so there is no root certificate. Start the csg service.',
      });
    }
    return { headers, body: authorities.map(({ pem }) => `${pem.trimEnd()}\n`).join('') };
  });
}
