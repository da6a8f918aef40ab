// Who besides its owner may use an image or a snapshot: everybody, or accounts by name.
import { AwsError } from '../aws-error.ts';

export interface Sharing {
  readonly isPublic: boolean;
  /** Accounts that may use it besides its owner. */
  readonly sharedWith: readonly string[];
}

export function isVisibleTo(
  { isPublic, ownerId, sharedWith }: Sharing & { readonly ownerId: string },
  accountId: string,
): boolean {
  return isPublic || ownerId === accountId || sharedWith.includes(accountId);
}

interface Grantee {
  readonly userId: string | undefined;
  readonly group: string | undefined;
}

/** Both forms in which the permissions of an image or a snapshot may be changed; they may come together. */
export interface SharingOrder {
  readonly permission: { readonly add: readonly Grantee[]; readonly remove: readonly Grantee[] } | undefined;
  readonly operation: 'add' | 'remove' | undefined;
  readonly userIds: readonly string[];
  readonly groups: readonly string[];
}

/** Gives undefined when nothing was asked for. To take away what is not there, or to give twice, changes nothing. */
export function changeSharing(before: Sharing, order: SharingOrder): Sharing | undefined {
  const listed = [
    ...order.userIds.map((userId): Grantee => ({ userId, group: undefined })),
    ...order.groups.map((group): Grantee => ({ userId: undefined, group })),
  ];
  if (listed.length > 0 && order.operation === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter OperationType');
  }
  const added = [...(order.permission?.add ?? []), ...(order.operation === 'add' ? listed : [])];
  const removed = [...(order.permission?.remove ?? []), ...(order.operation === 'remove' ? listed : [])];
  if (added.length + removed.length === 0) return undefined;
  for (const grantee of [...added, ...removed]) checkGrantee(grantee);
  const users = new Set([...before.sharedWith, ...userIdsOf(added)]);
  for (const userId of userIdsOf(removed)) users.delete(userId);
  return {
    isPublic: (before.isPublic || hasGroup(added)) && !hasGroup(removed),
    sharedWith: [...users],
  };
}

function userIdsOf(grantees: readonly Grantee[]): string[] {
  return grantees.flatMap(({ userId }) => userId ?? []);
}

function hasGroup(grantees: readonly Grantee[]): boolean {
  return grantees.some(({ group }) => group !== undefined);
}

function checkGrantee({ userId, group }: Grantee): void {
  if (group !== undefined && group !== 'all') throw invalidItem(group, 'userGroup');
  if (userId !== undefined && !/^\d{12}$/.test(userId)) throw invalidItem(userId, 'userId');
}

function invalidItem(value: string, type: string): AwsError {
  return new AwsError(
    'InvalidAMIAttributeItemValue',
    `Invalid attribute item value "${value.slice(0, 100)}" for ${type} item type.`,
  );
}
