import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { accountForgetRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { accountEvent } from '../account-event.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a second run finds in the audit log that the first one did it. */
export function accountForget({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(accountForgetRoute, async (request) => {
    const { account } = request.params;
    await store.inTransaction(async (tx) => {
      const credentialId = await tx.grants.remove(request.caller.clientId, account);
      if (credentialId !== undefined) {
        await tx.credentials.deleteUnused(credentialId);
        const details = { credentialId };
        await tx.audit.append(
          auditEntry(clock, request, { action: 'account.forgotten', subjectId: account, details }),
        );
        await tx.outbox.append([
          accountEvent(clock, request.caller, { subject: 'account.forgotten', account }),
        ]);
        return;
      }
      const earlier = await findEarlierEffect({ audit: tx.audit, clock }, request, 'account.forgotten');
      if (earlier !== account) throw notProven(account);
    });
    return { body: { id: account } };
  });
}

function notProven(account: string): GatewayError {
  return new GatewayError('account-not-proven', { message: `You have not proven the account ${account}.` });
}
