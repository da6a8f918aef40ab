// The way of every write to a resource that is there: whose is it, may it be changed, what does the cloud say, write that
// down, answer. What differs between an update, a destroy and an action is the one call in the middle.
//
// If we die: before the call, nothing has happened. After it, the redelivered message makes the call again, which says
// what is to be and does no harm (reboot excepted, see instance-action.ts); the poller sees the outcome in any case.
import type { Change, CloudSession, Target, WriteOptions } from '@cloud-gateway/clouds';
import type { ResourceCall, ResourceType } from '@cloud-gateway/contracts';
import type { Caller } from '@cloud-gateway/messaging';
import type { ResourceDocument } from '@cloud-gateway/store';
import type { OpenAccount } from './account-access.ts';
import {
  type AnswerDeps,
  answerWrite,
  dryRunAnswer,
  type WriteAnswer,
  type WriteRequest,
} from './answer-write.ts';
import { bodyInDocument } from './body-in-document.ts';
import { findPresentResource, findResource } from './find-resource.ts';
import type { HandlerDeps } from './handlers/handler-deps.ts';
import { findAfterwards } from './look-again.ts';
import { underPrecondition } from './precondition.ts';
import { recordChange } from './record-change.ts';
import { refuseForeign } from './refuse-foreign.ts';

export type ResourceWriteDeps = AnswerDeps & Pick<HandlerDeps, 'access'>;

export interface ResourceWriteRequest extends WriteRequest {
  readonly caller: Caller;
  readonly params: { readonly cloud: string; readonly account: string; readonly id: string };
  readonly query: { readonly region?: string | undefined; readonly dryRun?: boolean };
  readonly idempotencyKey: string;
  readonly attempt: number;
}

export interface ResourceWrite {
  readonly type: ResourceType;
  readonly call: ResourceCall;
  /** It is to be gone in the end: then it may be gone already when this runs again. */
  readonly isLeaving?: boolean;
  /** Refuses what cannot succeed whatever has happened since the store was last brought up to date. */
  readonly refuse?: (known: ResourceDocument) => void;
  readonly send: (session: CloudSession, target: Target, options: WriteOptions) => Promise<Change>;
}

export async function writeToResource(
  deps: ResourceWriteDeps,
  request: ResourceWriteRequest,
  write: ResourceWrite,
): Promise<WriteAnswer> {
  const account = await deps.access.check(request, request.params);
  const { region, dryRun = false } = request.query;
  const query = { ...account.place, region, type: write.type, id: request.params.id };
  const earlier = await doneEarlier(deps, request, write, query);
  if (earlier !== undefined) return answerWrite(deps, { account, document: earlier, status: 200, request });

  const found = await findPresentResource(deps.store, query);
  refuseForeign(found, { call: write.call, cloudAccountId: account.cloudAccountId });
  write.refuse?.(found);
  const { caller, idempotencyKey, requestId, attempt, deadlineAtMs, signal, log } = request;
  const wish = { clientId: caller.clientId, idempotencyKey };
  const ifMatch = request.headers['if-match'];
  const document = await underPrecondition(
    deps,
    { account, found, ifMatch, requestId, wish, attempt, deadlineAtMs, signal, log },
    async (known) => {
      const options = { signal, dryRun, mayHaveBeenSent: attempt > 1 };
      const change = await deps.sessions.withSession(account, known.region, (session) =>
        write.send(session, { cloudId: known.cloudId, known: bodyInDocument(known) }, options),
      );
      return dryRun ? undefined : record(deps, { account, known, requestId, change });
    },
  );
  if (document === undefined) return dryRunAnswer;
  const { isLeaving = false } = write;
  return answerWrite(deps, { account, document, status: 200, isLeaving, request });
}

async function record(
  { store }: Pick<ResourceWriteDeps, 'store'>,
  written: {
    readonly account: OpenAccount;
    readonly known: ResourceDocument;
    readonly requestId: string;
    readonly change: Change;
  },
): Promise<ResourceDocument> {
  const { account, known, requestId, change } = written;
  const { region } = known;
  await store.inTransaction((tx) => recordChange(tx, { account, region, requestId, change }));
  return findAfterwards(store, { account, region }, known);
}

/** What an earlier attempt has removed before it died is the outcome, not a refusal. */
async function doneEarlier(
  { store }: Pick<ResourceWriteDeps, 'store'>,
  { attempt }: ResourceWriteRequest,
  { isLeaving = false }: ResourceWrite,
  query: Parameters<typeof findResource>[1],
): Promise<ResourceDocument | undefined> {
  if (attempt === 1 || !isLeaving) return undefined;
  const document = await findResource({ read: store.read }, query);
  return document.deletedAt === null ? undefined : document;
}
