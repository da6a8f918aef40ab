// Destroys a resource. Safe to send again: what is gone stays gone. "Not found" is the answer that we want when an earlier
// attempt may have destroyed it; otherwise it was never there, or somebody else has destroyed it, and that is told.
import { sleep } from '@cloud-gateway/runtime';
import type { DestroyOptions } from '../../cloud.ts';
import { dryRunOnce } from './dry-run-once.ts';
import { isWorthRepeating } from './is-worth-repeating.ts';
import type { Http, WriteDeps } from './write-deps.ts';

export interface Destruction<Answer> {
  /** EC2's name of the call. */
  readonly action: string;
  readonly send: (http: Http, dryRun: { readonly DryRun?: true }) => Promise<Answer>;
  /** EC2's codes that say that it is gone, besides those that say "not found". */
  readonly goneCodes?: readonly string[];
}

export type Destroyed<Answer> =
  | { readonly was: 'dry-run' }
  | { readonly was: 'gone already' }
  | { readonly was: 'destroyed'; readonly answer: Answer };

const attemptsMax = 2;

/** Throws cloud-not-found for what no earlier attempt of ours can have destroyed. */
export async function destroyOnce<Answer>(
  deps: WriteDeps,
  { action, send, goneCodes = [] }: Destruction<Answer>,
  options: DestroyOptions,
): Promise<Destroyed<Answer>> {
  const { signal } = options;
  if (options.dryRun) {
    await dryRunOnce(deps, action, signal, (http) => send(http, { DryRun: true }));
    return { was: 'dry-run' };
  }
  let mayBeSent = options.mayHaveBeenSent;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await deps.call.attempt(action, signal, (http) => send(http, {}));
    if (outcome.ok) return { was: 'destroyed', answer: outcome.value };
    const { error } = outcome;
    const isGone = error.code === 'cloud-not-found' || goneCodes.includes(error.cloud?.code ?? '');
    if (isGone && mayBeSent) return { was: 'gone already' };
    if (attempt >= attemptsMax || !isWorthRepeating(error)) throw error;
    mayBeSent ||= outcome.mayHaveHappened;
    await sleep(deps.lostAnswer.pauseMs, signal).catch(() => {
      throw error;
    });
  }
}
