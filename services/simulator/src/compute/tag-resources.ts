// Changes the tags of instances and own images, whichever the ids are of: all or none.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Tags } from '../listing/filters.ts';
import { findUsableImage } from './find-image.ts';
import { findInstances } from './find-instances.ts';

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
  if (id.startsWith('i-')) {
    const changed = findInstances([id], call).map((instance) => ({
      ...instance,
      tags: change(instance.tags),
    }));
    return () => changed.forEach(call.state.putInstance);
  }
  if (id.startsWith('ami-')) {
    const image = findUsableImage(id, call);
    if (image.ownerId === call.accountId) {
      const changed = { ...image, tags: change(image.tags) };
      return () => call.state.putImage(changed);
    }
  }
  throw new AwsError('InvalidID', `The ID '${id.slice(0, 100)}' is not valid`);
}
