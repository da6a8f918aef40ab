// Changes the tags of resources, whichever types the ids are of: all or none.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Tags } from '../listing/filters.ts';
import { findByIds } from './find-by-ids.ts';
import { findUsableImage } from './find-image.ts';
import { kindOfId } from './resource-kinds.ts';

type TagCall = Pick<Call, 'state' | 'world' | 'accountId' | 'region'>;

export function changeTags(
  resourceIds: readonly string[],
  call: TagCall,
  change: (before: Tags) => Tags,
): void {
  const writes = resourceIds.map((id) => prepareWrite(id, call, change));
  for (const write of writes) write();
}

function prepareWrite(id: string, call: TagCall, change: (before: Tags) => Tags): () => void {
  const kind = kindOfId(id);
  if (!kind || (kind.type === 'image' && findUsableImage(id, call).ownerId !== call.accountId)) {
    throw new AwsError('InvalidID', `The ID '${id.slice(0, 100)}' is not valid`);
  }
  const table = kind.table(call.state);
  const changed = findByIds([id], table.get, kind).map((before) => ({
    ...before,
    tags: change(before.tags),
  }));
  return () => changed.forEach(table.put);
}
