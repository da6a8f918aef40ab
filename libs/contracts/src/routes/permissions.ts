// What a client may be allowed to do. A route names the one that it needs.

export const permissions = {
  'organizations:manage': 'Create and list organizations',
  'clients:manage': 'Create, list and disable API clients of the own organization',
  'accounts:prove': 'Prove cloud accounts by sending their credentials, and check credentials',
  'resources:read': 'Read the resources of proven accounts',
  'resources:write': 'Change the resources of proven accounts',
  'audit:read': 'Read the audit log of the own organization',
} as const;

export type Permission = keyof typeof permissions;

export const allPermissions = Object.keys(permissions) as [Permission, ...Permission[]];

/** What a new API client gets when nothing else is said. */
export const defaultClientPermissions: readonly Permission[] = [
  'accounts:prove',
  'resources:read',
  'resources:write',
];
