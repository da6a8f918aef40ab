// Where the stored events begin that a new subscription gets first, for each account: after a time, or after a sequence
// of each account that is named.
import { type FieldIssue, GatewayError } from '@cloud-gateway/contracts';
import type { Repositories } from '@cloud-gateway/store';
import type { WantedAccount } from './wanted-accounts.ts';

export type From = { readonly time: string } | { readonly sequences: Readonly<Record<string, number>> };

export interface ReplayStart {
  /** Outbox id. */
  readonly afterId: number;
  readonly sequence: number;
}

type Repos = Pick<Repositories, 'accounts' | 'outbox'>;

/**
 * By account; an account that is not in the answer begins with live events. Throws `resync-required` when events that are
 * asked for are no longer stored, `validation-failed` for a sequence of an account that is not among them, or that it has
 * not reached.
 */
export async function replayStarts(
  repositories: Repos,
  accounts: readonly WantedAccount[],
  from: From | undefined,
): Promise<Map<string, ReplayStart>> {
  if (from === undefined) return new Map();
  if ('sequences' in from) await assertReachable(repositories, accounts, from.sequences);
  const starts = new Map<string, ReplayStart>();
  const tooOld = new Map<string, number>();
  for (const { id } of accounts) {
    const after = startOf(from, id);
    if (after === undefined) continue;
    const found = await repositories.outbox.findReplayStart(id, after);
    if (found.state === 'too-old') tooOld.set(id, found.oldestSequence);
    else starts.set(id, { afterId: found.afterId, sequence: found.sequence });
  }
  if (tooOld.size > 0) throw resyncRequired(tooOld);
  return starts;
}

function startOf(from: From, accountId: string): { time: Date } | { sequence: number } | undefined {
  if ('time' in from) return { time: new Date(from.time) };
  const sequence = from.sequences[accountId];
  return sequence === undefined ? undefined : { sequence };
}

async function assertReachable(
  { accounts: repository }: Repos,
  accounts: readonly WantedAccount[],
  sequences: Readonly<Record<string, number>>,
): Promise<void> {
  const present = await repository.sequences(accounts.map(({ id }) => id));
  const issues = Object.entries(sequences).flatMap(([id, sequence]): FieldIssue[] => {
    const path = `body.from.sequences.${id}`;
    if (accounts.every((account) => account.id !== id))
      return [{ path, message: 'is not among the accounts of this subscription' }];
    const last = present.get(id) ?? 0;
    return sequence > last ? [{ path, message: `is ahead of the account, which is at ${last}` }] : [];
  });
  const [first] = issues;
  if (first === undefined) return;
  throw new GatewayError('validation-failed', { message: `${first.path} ${first.message}.`, issues });
}

function resyncRequired(tooOld: ReadonlyMap<string, number>): GatewayError {
  const oldest = [...tooOld].map(([id, sequence]) => `${id} from sequence ${sequence}`).join(', ');
  return new GatewayError('resync-required', {
    message: `That is further back than events are stored: ${oldest}. Subscribe without from, or from there, then ask GET /v1/sync for what was before.`,
  });
}
