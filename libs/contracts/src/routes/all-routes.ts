// Every route of the gateway, in the order in which the documentation shows them.
import { instanceActions } from '../resources/instance.ts';
import { allResourceTypes } from '../resources/resource-types.ts';
import { accountForgetRoute } from './accounts/account-forget.ts';
import { accountListRoute } from './accounts/account-list.ts';
import { accountProveRoute } from './accounts/account-prove.ts';
import { credentialsCheckRoute } from './accounts/credentials-check.ts';
import { clientCreateRoute } from './clients/client-create.ts';
import { clientDisableRoute } from './clients/client-disable.ts';
import { clientListRoute } from './clients/client-list.ts';
import { cloudListRoute } from './clouds/cloud-list.ts';
import { instanceActionRoute } from './instances/instance-action.ts';
import { instanceLaunchRoute } from './instances/instance-launch.ts';
import { organizationCreateRoute } from './organizations/organization-create.ts';
import { organizationListRoute } from './organizations/organization-list.ts';
import { resourceHistoryRoute } from './resources/resource-history.ts';
import { resourceListRoute } from './resources/resource-list.ts';
import { resourceShowRoute } from './resources/resource-show.ts';
import type { Route } from './route.ts';
import { tokenCreateRoute } from './tokens/token-create.ts';
import { tokenRevokeRoute } from './tokens/token-revoke.ts';
import { tokenShowRoute } from './tokens/token-show.ts';

export const allRoutes: readonly Route[] = [
  tokenCreateRoute,
  tokenShowRoute,
  tokenRevokeRoute,
  organizationCreateRoute,
  organizationListRoute,
  clientCreateRoute,
  clientListRoute,
  clientDisableRoute,
  accountProveRoute,
  accountListRoute,
  accountForgetRoute,
  credentialsCheckRoute,
  cloudListRoute,
  ...allResourceTypes.flatMap((type) => [
    resourceListRoute(type),
    resourceShowRoute(type),
    resourceHistoryRoute(type),
  ]),
  instanceLaunchRoute,
  ...instanceActions.map(instanceActionRoute),
];
