// The secret is in the one answer to the one wish. If we die after the commit, before the answer: nobody has seen the
// secret. The repetition of the same wish finds in the audit log that it was the one, and gets another secret for the
// same key; any other wish is refused.
import { accessRequestSecretRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import { type AccessRequest, accessKeyContext, type Repositories } from '@cloud-gateway/store';
import { mintAccessKeyId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';
import { accessDetails } from '../access-details.ts';
import { toAccessRequestBody } from '../access-request-body.ts';
import { assertLegal, changeAccessRequest, findEarlierChange } from '../change-access-request.ts';
import { findVisibleAccessRequest } from '../find-access-request.ts';
import { homeRegionOf } from '../home-region-of.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'vault' | 'clouds' | 'proxyUrl'>;
type Request = HandlerRequest<typeof accessRequestSecretRoute>;

export function accessRequestSecret(deps: Deps): Handler {
  return handler(accessRequestSecretRoute, async (request) => {
    const { store, vault, clouds, proxyUrl } = deps;
    const { caller } = request;
    const id = request.params.request;
    assertRequester(await findVisibleAccessRequest(store.read, { id, caller }), caller.clientId);
    const secretAccessKey = mintToken(tokenPrefixes.proxySecret);
    const secretSealed = await vault.seal(secretAccessKey, accessKeyContext(id));
    const active = await store.inTransaction(
      async (tx) =>
        (await renewEarlier(tx, deps, request, secretSealed)) ??
        (await activate(tx, deps, request, secretSealed)),
    );
    const details = accessDetails(active, { proxyUrl, region: homeRegionOf(clouds, active.cloud) });
    if (details === null) throw new Error(`access request ${id} is active without a key`);
    return { body: { ...toAccessRequestBody(active), secretAccessKey, details } };
  });
}

function assertRequester({ requestedBy }: AccessRequest, clientId: string): void {
  if (requestedBy === clientId) return;
  throw new GatewayError('forbidden', {
    message: `Only the client that made the request takes its key: ${requestedBy}.`,
  });
}

async function renewEarlier(
  tx: Repositories,
  { clock }: Deps,
  request: Request,
  secretSealed: string,
): Promise<AccessRequest | undefined> {
  const id = request.params.request;
  const earlier = await findEarlierChange(tx, { clock, request }, { id, action: 'take-secret' });
  if (earlier === undefined) return undefined;
  // When access has ended meanwhile there is nothing left to renew.
  if (!(await tx.accessRequests.replaceSecret(id, secretSealed))) assertLegal(earlier, 'take-secret');
  return tx.accessRequests.find(id);
}

function activate(
  tx: Repositories,
  { clock }: Deps,
  request: Request,
  secretSealed: string,
): Promise<AccessRequest> {
  const accessKeyId = mintAccessKeyId();
  const set = () => ({ accessKeyId, secretSealed, activatedAt: new Date(clock.nowMs()) });
  return changeAccessRequest(
    tx,
    { clock, request },
    { id: request.params.request, action: 'take-secret', details: { accessKeyId }, set },
  );
}
