// What follows from one post: the event is delivered, is posted again after a while, or goes to the dead letters. Pure.
import { parseHttpDate } from '@cloud-gateway/clock';
import type { PostResult } from './post-webhook.ts';
import type { RetrySettings } from './webhook-settings.ts';

/** For the metrics. */
export type PostOutcome =
  | 'delivered'
  | 'redirected'
  | 'refused'
  | 'gone'
  | 'throttled'
  | 'failed'
  | 'timeout'
  | 'unreachable'
  | 'forbidden-address';

export interface FinishedPost {
  readonly result: PostResult;
  /** With this one. */
  readonly attempts: number;
  readonly sinceFirstMs: number;
  readonly nowMs: number;
  /** From 0 to below 1. */
  readonly random: number;
}

export interface Decision {
  readonly next: 'done' | 'retry' | 'give-up';
  readonly outcome: PostOutcome;
  /** When `next` is `retry`. */
  readonly afterMs: number;
  /** So long nothing at all is posted to this webhook. */
  readonly pauseMs: number;
  /** For the list of dead letters. */
  readonly status: number | null;
  readonly error: string;
}

export function decideNext(post: FinishedPost, settings: RetrySettings): Decision {
  const { result, attempts, sinceFirstMs } = post;
  const { outcome, status, error } = describe(result);
  const base = { outcome, status, error };
  if (outcome === 'delivered') return { ...base, next: 'done', afterMs: 0, pauseMs: 0 };
  const pauseMs = pauseMsOf(post, outcome, settings);
  // Nobody can ask for longer than an event is posted again at all: the last post comes at the end of that time.
  const askedMs = Math.min(
    Math.max(askedForMs(post), pauseMs),
    Math.floor(settings.retryForMs - sinceFirstMs),
  );
  const afterMs = Math.max(backoffMs(post, settings), askedMs);
  const isOver = attempts >= settings.attemptsMax || sinceFirstMs + afterMs > settings.retryForMs;
  return { ...base, next: isOver ? 'give-up' : 'retry', afterMs, pauseMs };
}

function describe(result: PostResult): Pick<Decision, 'outcome' | 'status' | 'error'> {
  if (result.kind !== 'answered') return { outcome: result.kind, status: null, error: result.reason };
  const { status } = result;
  return { status, outcome: outcomeOf(status), error: `it was answered with ${status}${hintOf(status)}` };
}

function outcomeOf(status: number): PostOutcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 410) return 'gone';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'failed' : 'refused';
}

function hintOf(status: number): string {
  return status >= 300 && status < 400 ? '; redirects are not followed, subscribe with the new address' : '';
}

/** The one answer to 410 that loses nothing: to wait. Who wants no more at all ends the subscription. */
function pauseMsOf(post: FinishedPost, outcome: PostOutcome, settings: RetrySettings): number {
  if (outcome === 'gone') return settings.gonePauseMs;
  // 429 is about the sender, so about all accounts; any other answer is about this event. Who asks for years has mistaken
  // the unit.
  return outcome === 'throttled' ? Math.min(askedForMs(post), settings.retryForMs) : 0;
}

/** Doubles; half of it is chance, so that many events of one broken receiver do not come back at the same moment. */
function backoffMs(
  { attempts, random }: FinishedPost,
  { backoffBaseMs, backoffMaxMs }: RetrySettings,
): number {
  const ceilingMs = Math.min(backoffMaxMs, backoffBaseMs * 2 ** Math.max(0, attempts - 1));
  return Math.round(ceilingMs / 2 + (random * ceilingMs) / 2);
}

/** RFC 9110 10.2.3: seconds, or a date. 0 for anything else, and for what is over. */
function askedForMs({ result, nowMs }: FinishedPost): number {
  const retryAfter = result.kind === 'answered' ? result.retryAfter?.trim() : undefined;
  if (!retryAfter) return 0;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const dateSeconds = parseHttpDate(retryAfter);
  return dateSeconds === undefined ? 0 : Math.max(0, dateSeconds * 1000 - nowMs);
}
