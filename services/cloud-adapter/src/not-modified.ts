// RFC 9110 15.4.5: what the caller has is still what there is. There is no body, and nobody may take it for JSON.

import type { Route } from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';

export function notModified<R extends Route>(etag: string): HandlerAnswer<R> {
  return {
    status: 304,
    headers: { 'content-type': 'application/json; charset=utf-8', etag },
    // A text goes out as it is.
    body: '' as HandlerAnswer<R>['body'],
  };
}
