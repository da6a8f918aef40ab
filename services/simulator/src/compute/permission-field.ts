// The two forms in which the permissions of an image or a snapshot may be changed: as additions and removals, or as one
// operation with the users and groups that it is about.
import { list, optional, structure, structures } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';

const grantee = { userId: optional('UserId', text), group: optional('Group', text) };

/** `wire` is LaunchPermission or CreateVolumePermission. */
export function permissionFields(wire: string) {
  return {
    permission: structure(wire, { add: structures('Add', grantee), remove: structures('Remove', grantee) }),
    operation: optional('OperationType', oneOf(['add', 'remove'])),
    userIds: list('UserId', text),
    groups: list('UserGroup', text),
  };
}
