// What a client may be allowed to do. A route names the one that it needs.

export const permissions = {
  'organizations:manage': 'Create and list organizations',
  'clients:manage': 'Create, list and disable API clients of the own organization',
  'accounts:prove': 'Prove cloud accounts by sending their credentials, and check credentials',
  'resources:read': 'Read the resources of proven accounts',
  'resources:write': 'Change the resources of proven accounts',
  'environments:manage': 'Create environments and link cloud credentials to them',
  'cloud-credentials:manage':
    'Store, check, replace and delete the cloud credentials of the own organization',
  'access-requests:create': 'Request access to cloud services and take the key of an approved request',
  'access-requests:manage':
    'Approve, deny, revoke and archive access requests, and allow further cloud services',
  'policies:manage': 'Create, change and delete policy groups',
  'usage:read': 'Read who used which cloud service through the proxy',
  'audit:read': 'Read the audit log of the own organization',
} as const;

export type Permission = keyof typeof permissions;

export const allPermissions = Object.keys(permissions) as [Permission, ...Permission[]];

/** What a new API client gets when nothing else is said. */
export const defaultClientPermissions: readonly Permission[] = [
  'accounts:prove',
  'resources:read',
  'resources:write',
  'access-requests:create',
];
