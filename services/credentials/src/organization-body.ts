import type { organizationCreateRoute } from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';
import type { Organization } from '@cloud-gateway/store';

export function toOrganizationBody({
  id,
  name,
  createdAt,
}: Organization): HandlerAnswer<typeof organizationCreateRoute>['body'] {
  return { id, name, createdAt: createdAt.toISOString() };
}
