// EC2 does not say whose a volume, an address or a key pair is: only the account that has it sees it, so it is that one.
import type { ResourceBody, ResourceType } from '@cloud-gateway/contracts';
import type { Change } from '../cloud.ts';

// What EC2 itself offers to every account.
const ownerless: ReadonlySet<ResourceType> = new Set(['datacenter', 'instance-type', 'volume-type']);

export function withOwner<B extends ResourceBody>(body: B, cloudAccountId: string): B {
  if (body.owner !== null || ownerless.has(body.type) || cloudAccountId === '') return body;
  return { ...body, owner: cloudAccountId };
}

export function changeWithOwner(change: Change, cloudAccountId: string): Change {
  const { resource, alsoSeen } = change;
  return {
    ...change,
    resource: resource === null ? null : withOwner(resource, cloudAccountId),
    alsoSeen: alsoSeen.map((body) => withOwner(body, cloudAccountId)),
  };
}
