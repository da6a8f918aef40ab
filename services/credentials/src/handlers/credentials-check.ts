import { credentialsCheckRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { accountIdOf } from '@cloud-gateway/store';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: it only asks. */
export function credentialsCheck({ clouds }: Pick<HandlerDeps, 'clouds'>): Handler {
  return handler(credentialsCheckRoute, async ({ body, signal }) => {
    const cloud = clouds.get(body.cloud);
    const check = await cloud.checkCredentials(body.credentials, signal);
    return {
      body: {
        valid: check.valid,
        account: check.cloudAccountId === null ? null : accountIdOf(cloud.id, check.cloudAccountId),
        cloudAccountId: check.cloudAccountId,
        identity: check.identity,
        missingPermissions: check.missingPermissions,
        unknownPermissions: check.unknownPermissions,
        message: check.message,
      },
    };
  });
}
