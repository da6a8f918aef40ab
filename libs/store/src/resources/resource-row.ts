// A row of `resources` as it is written.
import type { ResourceChange } from './diff-resources.ts';
import type { ResourceScope } from './resource-id.ts';

export type ResourceRow = ReturnType<typeof toResourceRow>;

export function toResourceRow(
  change: ResourceChange,
  context: {
    readonly scope: ResourceScope;
    readonly sequence: number;
    /** When a request of ours last observed it; null when none ever did. */
    readonly requestedAtMs: number | null;
  },
) {
  const { scope, sequence, requestedAtMs } = context;
  const { body } = change;
  const at = new Date(change.atMs);
  return {
    id: change.id,
    cloud: scope.cloud,
    account_id: scope.account,
    region: scope.region,
    type: body.type,
    cloud_id: body.cloudId,
    // The column only serves the filter; the body keeps a longer name whole.
    name: body.name === null ? null : Array.from(body.name).slice(0, 255).join(''),
    state: body.state,
    raw_state: body.rawState?.slice(0, 128) ?? null,
    owner: body.owner?.slice(0, 255) ?? null,
    visibility: body.visibility,
    tag_count: Object.keys(body.tags).length,
    body: JSON.stringify(body),
    hash: Buffer.from(change.hash, 'base64'),
    revision: change.revision,
    sequence,
    observer: change.observer,
    first_seen_at: at,
    updated_at: at,
    observed_at: at,
    requested_at: requestedAtMs === null ? null : new Date(requestedAtMs),
    missed_at: null,
    deleted_at: change.removal === null ? null : at,
    removal: change.removal,
  };
}
