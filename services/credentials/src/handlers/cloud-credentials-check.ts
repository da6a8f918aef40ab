import { auditEntry } from '@cloud-gateway/access';
import { cloudCredentialsCheckRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { askAboutCredentials, noteOpinion } from '../ask-about-credentials.ts';
import { assertChangeable, assertUsable } from '../assert-usable-credentials.ts';
import { toStoredCredentialsBody } from '../stored-credentials-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: it asks once more. */
export function cloudCredentialsCheck({
  store,
  vault,
  clouds,
  clock,
}: Pick<HandlerDeps, 'store' | 'vault' | 'clouds' | 'clock'>): Handler {
  return handler(cloudCredentialsCheckRoute, async (request) => {
    const { caller, signal } = request;
    const id = request.params.credential;
    const credential = await store.read.credentials.find(id);
    assertChangeable(credential, { id, caller });
    const cloud = clouds.get(credential.cloud);
    const opinion = await askAboutCredentials({ cloud, vault }, credential, signal);
    const checked = await store.inTransaction(async (tx) => {
      await noteOpinion(tx, clock, credential, opinion);
      await tx.audit.append(
        auditEntry(clock, request, {
          action: 'cloud-credentials.checked',
          subjectId: id,
          details: { ...opinion },
        }),
      );
      return tx.credentials.find(id);
    });
    assertUsable(checked, { id, organizationId: caller.organizationId });
    return { body: await toStoredCredentialsBody(store.read, caller, checked) };
  });
}
