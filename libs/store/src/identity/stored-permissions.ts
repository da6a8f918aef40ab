// Permissions are a JSON list in the database. One that this version does not know (or no longer) is left out: nobody
// may do what nobody can name.
import { allPermissions, type Permission } from '@cloud-gateway/contracts';

export function fromStoredPermissions(stored: unknown): readonly Permission[] {
  return Array.isArray(stored) ? allPermissions.filter((permission) => stored.includes(permission)) : [];
}

export function toStoredPermissions(permissions: readonly Permission[]): string {
  return JSON.stringify([...new Set(permissions)]);
}
