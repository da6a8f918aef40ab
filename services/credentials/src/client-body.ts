import type { clientDisableRoute } from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';
import type { Client } from '@cloud-gateway/store';

type ClientBody = HandlerAnswer<typeof clientDisableRoute>['body'];

export function toClientBody(client: Client): ClientBody {
  return {
    id: client.id,
    organizationId: client.organizationId,
    name: client.name,
    permissions: [...client.permissions],
    createdAt: client.createdAt.toISOString(),
    disabledAt: client.disabledAt?.toISOString() ?? null,
  };
}
