import { accessRequestShowRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { accessDetails } from '../access-details.ts';
import { toAccessRequestBody } from '../access-request-body.ts';
import { findVisibleAccessRequest } from '../find-access-request.ts';
import { homeRegionOf } from '../home-region-of.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clouds' | 'proxyUrl'>;

export function accessRequestShow({ store, clouds, proxyUrl }: Deps): Handler {
  return handler(accessRequestShowRoute, async ({ caller, params: { request: id } }) => {
    const found = await findVisibleAccessRequest(store.read, { id, caller });
    const details = accessDetails(found, { proxyUrl, region: homeRegionOf(clouds, found.cloud) });
    return { body: { ...toAccessRequestBody(found), details } };
  });
}
