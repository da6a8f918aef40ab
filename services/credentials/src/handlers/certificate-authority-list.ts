import { certificateAuthorityListRoute } from '@cloud-gateway/contracts';
import { type Handler, publicHandler } from '@cloud-gateway/messaging';
import { currentAuthorities } from '../current-authorities.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function certificateAuthorityList({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return publicHandler(certificateAuthorityListRoute, async () => {
    const authorities = await currentAuthorities(store.read, clock);
    const items = authorities.map(({ notAfter, lastSeenAt, ...authority }) => ({
      ...authority,
      notAfter: notAfter.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    }));
    return { body: { items } };
  });
}
