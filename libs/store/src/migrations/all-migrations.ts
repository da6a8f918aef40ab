// Every step of the schema, in order. A new one is appended; a released one is never changed.

import { identityMigration } from './001-identity.ts';
import { resourcesMigration } from './002-resources.ts';
import { accessMigration } from './003-access.ts';
import { usageMigration } from './004-usage.ts';
import { gatewayDoorMigration } from './005-gateway-door.ts';
import { eventsMigration } from './006-events.ts';
import type { Migration } from './migration.ts';

export const allMigrations: readonly Migration[] = [
  identityMigration,
  resourcesMigration,
  accessMigration,
  usageMigration,
  gatewayDoorMigration,
  eventsMigration,
];
