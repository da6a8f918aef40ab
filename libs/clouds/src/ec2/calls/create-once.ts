// Makes one resource, however often it is asked for and whichever answer is lost.
//
// Where EC2 knows a repetition by itself, the call is simply sent again. Elsewhere the resource carries the request's
// tag from its first moment, and is looked for by it before anything is sent a second time: right after a lost answer,
// and again when the wish is repeated, until EC2 would show it. (EC2's answers are eventually consistent: what was just
// made may not be listed yet.)
//
// A failure is told as it is only when it is sure that nothing was made. Everything else is `outcome-pending`.
import type { CreatableType, GatewayError, ResourceBody } from '@cloud-gateway/contracts';
import { sleep } from '@cloud-gateway/runtime';
import type { Change, CreateOptions } from '../../cloud.ts';
import type { Attempt } from '../client/aws-caller.ts';
import { dryRunOnce } from './dry-run-once.ts';
import { findOneCreated } from './find-created.ts';
import { isWorthRepeating } from './is-worth-repeating.ts';
import { lookedAt, noChange } from './looked-at.ts';
import { outcomePending } from './outcome-pending.ts';
import type { Http, WriteDeps } from './write-deps.ts';

export interface Made {
  readonly resource: ResourceBody;
  /** False: the answer told too little, so that it pays to look. */
  readonly isComplete: boolean;
  readonly privateKey?: string;
  /** What an earlier attempt made and was of no use: it is gone. */
  readonly discarded?: ResourceBody;
}

export interface Creation {
  readonly type: CreatableType;
  /** EC2's name of the call. */
  readonly action: string;
  readonly send: (http: Http, dryRun: { readonly DryRun?: true }) => Promise<Made>;
  /** True: EC2 makes one of it, however often it arrives. */
  readonly mayArriveTwice: boolean;
  /** Looks for what an earlier attempt of the same wish has made. Default: by the request's tag. */
  readonly find?: () => Promise<ResourceBody | undefined>;
  /** EC2's codes that say that something like it is there already: perhaps it is ours. */
  readonly duplicateCodes?: readonly string[];
  /** True: EC2 refuses a second one, so there is no need to wait until the first one would show. */
  readonly refusesSecond?: boolean;
  /** Unmakes what is of no use without the answer to the call that made it. Then it is made again. */
  readonly discard?: (found: ResourceBody) => Promise<void>;
}

/** Throws outcome-pending where it is not known whether something was made. */
export async function createOnce(
  deps: WriteDeps,
  creation: Creation,
  options: CreateOptions,
): Promise<Change> {
  const { action, type, send } = creation;
  const { requestId, signal } = options;
  if (options.dryRun) {
    await dryRunOnce(deps, action, signal, (http) => send(http, { DryRun: true }));
    return noChange;
  }
  const wish = { find: () => findOneCreated(deps, type, requestId, signal), ...creation };
  const make = creation.mayArriveTwice ? sendAgain : searchBeforeSendingAgain;
  return changeOf(deps, await make(deps, wish, options), signal);
}

async function changeOf(deps: WriteDeps, made: Made, signal: AbortSignal): Promise<Change> {
  const { discarded, privateKey } = made;
  const { resource, alsoSeen } = made.isComplete
    ? { resource: made.resource, alsoSeen: [] }
    : await lookedAt(deps, made.resource, signal);
  return {
    resource,
    alsoSeen,
    gone: discarded === undefined ? [] : [{ type: discarded.type, cloudId: discarded.cloudId }],
    ...(privateKey !== undefined && { privateKey }),
  };
}

type Wish = Creation & Required<Pick<Creation, 'find'>>;

const attemptsMax = 2;

async function sendAgain(deps: WriteDeps, wish: Wish, options: CreateOptions): Promise<Made> {
  let mayBeMade = wasSentBefore(options);
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await sendOnce(deps, wish, options);
    if (outcome.ok) return outcome.value;
    const found = await findDuplicate(deps, wish, options.signal, outcome.error);
    if (found !== undefined) return { resource: found, isComplete: true };
    if (refusals.has(outcome.error.code)) {
      const earlier = mayBeMade ? await search(deps, wish, { signal: options.signal, forMs: 0 }) : undefined;
      if (earlier !== undefined) return { resource: earlier, isComplete: true };
      throw outcome.error;
    }
    if (outcome.error.code === 'idempotency-key-reused' || outcome.error.code === 'gone') throw outcome.error;
    mayBeMade ||= outcome.mayHaveHappened;
    if (attempt < attemptsMax && isWorthRepeating(outcome.error) && (await paused(deps, options.signal)))
      continue;
    throw mayBeMade ? outcomePending(wish.action, outcome.error) : outcome.error;
  }
}

async function searchBeforeSendingAgain(deps: WriteDeps, wish: Wish, options: CreateOptions): Promise<Made> {
  const { signal } = options;
  let discarded: ResourceBody | undefined;
  if (wasSentBefore(options)) {
    const forMs = wish.refusesSecond === true ? 0 : notShownYetMs(deps, options);
    const found = await search(deps, wish, { signal, forMs });
    if (found !== undefined && wish.discard === undefined) return { resource: found, isComplete: true };
    discarded = await discardFound(wish, found);
  }
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await sendOnce(deps, wish, options);
    if (outcome.ok) return { ...outcome.value, ...(discarded && { discarded }) };
    const { error } = outcome;
    const found = await searchAfter(deps, wish, options, outcome);
    if (found !== undefined && wish.discard === undefined) return { resource: found, isComplete: true };
    discarded = (await discardFound(wish, found)) ?? discarded;
    if (attempt >= attemptsMax) throw error;
    if (found === undefined && !(isWorthRepeating(error) && (await paused(deps, signal)))) throw error;
  }
}

/** What there is after a failed send. Undefined: surely nothing. Throws outcome-pending where that is not known. */
async function searchAfter(
  deps: WriteDeps,
  wish: Wish,
  options: CreateOptions,
  { error, mayHaveHappened }: Extract<Attempt<Made>, { ok: false }>,
): Promise<ResourceBody | undefined> {
  const { signal } = options;
  if (mayHaveHappened) {
    const found = await search(deps, wish, { signal, forMs: deps.lostAnswer.searchMs, after: error });
    if (found === undefined) throw outcomePending(wish.action, error);
    return found;
  }
  // For what EC2 refuses a second time, one look was enough to send again. Now that it is refused, it was not.
  if (wish.refusesSecond !== true || !wasSentBefore(options)) return findDuplicate(deps, wish, signal, error);
  if (!refusals.has(error.code)) throw outcomePending(wish.action, error);
  return search(deps, wish, { signal, forMs: notShownYetMs(deps, options), after: error });
}

async function sendOnce(
  deps: WriteDeps,
  wish: Wish,
  { signal, beforeSend }: CreateOptions,
): Promise<Attempt<Made>> {
  await beforeSend?.();
  return deps.call.attempt(wish.action, signal, (http) => wish.send(http, {}));
}

/** True: an earlier attempt may have made it. */
export function wasSentBefore({ sentAgoMs, mayHaveBeenSent }: CreateOptions): boolean {
  return sentAgoMs !== null || mayHaveBeenSent;
}

function notShownYetMs({ lostAnswer }: WriteDeps, { sentAgoMs }: CreateOptions): number {
  return Math.max(0, lostAnswer.believeAbsentAfterMs - (sentAgoMs ?? 0));
}

/** Looks again and again for so long, once at least. Undefined: it is not there. Throws outcome-pending where no look told. */
async function search(
  deps: WriteDeps,
  wish: Wish,
  { signal, forMs, after }: { signal: AbortSignal; forMs: number; after?: GatewayError },
): Promise<ResourceBody | undefined> {
  const endsAtMs = performance.now() + forMs;
  for (;;) {
    const seen = await wish.find().then(
      (found) => ({ found }),
      (failure: unknown) => ({ failure }),
    );
    if ('found' in seen && seen.found !== undefined) return seen.found;
    const isOver = performance.now() >= endsAtMs;
    if (isOver && 'found' in seen) return undefined;
    if (isOver || !(await paused(deps, signal))) {
      throw outcomePending(wish.action, after ?? ('failure' in seen ? seen.failure : undefined));
    }
  }
}

/** Whether what is there already is ours. As a rule it is somebody else's, so one look is enough. */
async function findDuplicate(
  deps: WriteDeps,
  wish: Wish,
  signal: AbortSignal,
  { cloud }: GatewayError,
): Promise<ResourceBody | undefined> {
  if (cloud === undefined || wish.duplicateCodes?.includes(cloud.code) !== true) return undefined;
  return search(deps, wish, { signal, forMs: 0 });
}

async function discardFound(wish: Wish, found: ResourceBody | undefined): Promise<ResourceBody | undefined> {
  if (found === undefined) return undefined;
  await wish.discard?.(found).catch((error: unknown) => {
    throw outcomePending(wish.action, error);
  });
  return found;
}

// The cloud has looked at the request and does not want it. A repetition of one that it has granted before it answers as
// the first one; should what the request names be gone meanwhile, what was made shows by its tag.
const refusals: ReadonlySet<string> = new Set(['cloud-refused', 'cloud-conflict', 'cloud-not-found']);

/** False: the caller has given up meanwhile. */
async function paused({ lostAnswer }: WriteDeps, signal: AbortSignal): Promise<boolean> {
  return sleep(lostAnswer.pauseMs, signal).then(
    () => true,
    () => false,
  );
}
