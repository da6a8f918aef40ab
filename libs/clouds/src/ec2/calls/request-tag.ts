// The tag that leads from a resource to the request that made it. Everything that the gateway makes has it, so that it
// is found again when the answer was lost.
import type { ResourceType as Ec2ResourceType, Filter, Tag, TagSpecification } from '@aws-sdk/client-ec2';

export const requestTag = 'cloud-gateway:request';

const tagValueLengthMax = 256;

export interface Tagged {
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The tags of something new: what the client wants, its name where EC2 has none, and the request. */
export function tagsToCreate({ name, tags }: Tagged, requestId: string): Tag[] {
  const all = { ...tags, ...(name !== undefined && { Name: name }), [requestTag]: tagValue(requestId) };
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
}

/** To be sent with the call that makes it, so that it never exists without them. */
export function tagSpecification(
  ec2Type: Ec2ResourceType,
  tagged: Tagged,
  requestId: string,
): TagSpecification[] {
  return [{ ResourceType: ec2Type, Tags: tagsToCreate(tagged, requestId) }];
}

/** Finds what the request made. */
export function requestFilter(requestId: string): Filter {
  // In the value of a filter * and ? stand for anything, and \ takes that from them.
  return { Name: `tag:${requestTag}`, Values: [tagValue(requestId).replaceAll(/[\\*?]/g, '\\$&')] };
}

function tagValue(requestId: string): string {
  return requestId.slice(0, tagValueLengthMax);
}
