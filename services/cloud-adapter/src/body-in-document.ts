// What the cloud said of a resource, without the gateway's record of it. A cloud is told bodies and gives bodies back:
// a document that got among them would be stored as if the cloud had said when it was last seen.
import { type ResourceBody, recordSchema } from '@cloud-gateway/contracts';
import type { ResourceDocument } from '@cloud-gateway/store';

export function bodyInDocument(document: ResourceDocument): ResourceBody {
  const fields = Object.entries(document).filter(([field]) => !Object.hasOwn(recordSchema.shape, field));
  return Object.fromEntries(fields) as ResourceBody;
}
