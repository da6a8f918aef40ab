// The answer to a write, once its outcome is in the store: at once with the state that the cloud has told (202 while it
// will change by itself), or, as the caller prefers (RFC 7240), when the resource rests in a state.
import type { Clock } from '@cloud-gateway/clock';
import type { Logger } from '@cloud-gateway/runtime';
import type { ResourceDocument } from '@cloud-gateway/store';
import type { OpenAccount } from './account-access.ts';
import type { ConnectionPolicies } from './connection-policy.ts';
import { documentEtag } from './etag.ts';
import { type LookDeps, lookAgain } from './look-again.ts';
import { waitPreference } from './prefer.ts';
import { presentDocument, representationOf } from './present-document.ts';
import { waitForStable } from './wait-for-stable.ts';

export interface AnswerDeps extends LookDeps {
  readonly policies: Pick<ConnectionPolicies, 'ofCloud'>;
  readonly clock: Clock;
}

export interface FinishedWrite {
  readonly account: OpenAccount;
  /** As it is in the store now. */
  readonly document: ResourceDocument;
  /** Of the answer when nothing is under way any more. */
  readonly status: 200 | 201;
  /** It is to be gone in the end. */
  readonly isLeaving?: boolean;
  /** What the cloud tells only once. */
  readonly privateKey?: string | undefined;
  readonly request: WriteRequest;
}

export interface WriteRequest {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly requestId: string;
  readonly deadlineAtMs: number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface WriteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export async function answerWrite(deps: AnswerDeps, write: FinishedWrite): Promise<WriteAnswer> {
  const { account, document, status, privateKey, request } = write;
  const isStable = ({ deletedAt, type, state }: ResourceDocument) =>
    deletedAt !== null || !account.cloud.isTransitional({ type, state });
  const seconds = isStable(document) ? undefined : waitPreference(request.headers['prefer']);
  const latest = seconds === undefined ? document : await waitUpTo(deps, write, { seconds, isStable });
  const policy = deps.policies.ofCloud(account.cloud.id);
  return {
    status: isStable(latest) ? status : 202,
    headers: {
      etag: documentEtag(latest, representationOf(latest.type, { policy })),
      ...(status === 201 && { location: latest.href }),
      ...(seconds !== undefined && { 'preference-applied': `wait=${seconds}` }),
    },
    body: { ...presentDocument(latest, { policy }), ...(privateKey !== undefined && { privateKey }) },
  };
}

function waitUpTo(
  deps: AnswerDeps,
  { account, document, isLeaving, request }: FinishedWrite,
  wait: { readonly seconds: number; readonly isStable: (document: ResourceDocument) => boolean },
): Promise<ResourceDocument> {
  const { requestId, deadlineAtMs, signal, log } = request;
  const { region } = document;
  return waitForStable(document, {
    look: (latest) => lookAgain(deps, { account, region, requestId, signal }, latest, { isLeaving }),
    isStable: wait.isStable,
    // A second before the deadline, so that the answer still reaches the caller.
    untilMs: Math.min(deps.clock.nowMs() + wait.seconds * 1_000, deadlineAtMs - 1_000),
    clock: deps.clock,
    log,
  });
}

export const dryRunAnswer: WriteAnswer = {
  status: 200,
  headers: {},
  body: { dryRun: true, wouldSucceed: true },
};
