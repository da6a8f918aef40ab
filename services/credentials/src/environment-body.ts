import type { environmentCreateRoute } from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';
import type { Environment } from '@cloud-gateway/store';

export function toEnvironmentBody(
  environment: Environment,
): HandlerAnswer<typeof environmentCreateRoute>['body'] {
  return {
    id: environment.id,
    organizationId: environment.organizationId,
    name: environment.name,
    credentialIds: [...environment.credentialIds],
    connectionPolicy: environment.connectionPolicy,
    createdAt: environment.createdAt.toISOString(),
  };
}
