import type { TourDeps } from '../tour-deps.ts';

/** What a client that was away asks for: all that changed since a sequence, each resource once. */
export async function syncChanges({
  api,
  account,
  since,
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & {
  account: string;
  /** The sequence before the tour changed anything. */
  since: number;
}): Promise<void> {
  tell.step('sync-changes', `Ask what changed meanwhile: GET /v1/sync?since=${since}`);
  const { items, nextSince } = await api.call('sync', { query: { account, since } });
  const changes = items.map(({ sequence, resource, deleted }) => ({
    sequence,
    type: resource?.type ?? deleted?.type ?? '',
    cloudId: resource?.cloudId ?? deleted?.cloudId ?? '',
    state: resource?.state ?? 'deleted',
  }));
  for (const { sequence, type, cloudId, state } of changes) {
    tell.line(`${String(sequence).padStart(4)}  ${type.padEnd(17)}  ${state.padEnd(10)}  ${cloudId}`);
  }
  tell.line(`next time: since=${nextSince}`);
  tell.done({ since, changes, nextSince });
}
