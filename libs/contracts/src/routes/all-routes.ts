// Every route of the gateway, in the order in which the documentation shows them.
import { instanceActions } from '../resources/instance.ts';
import {
  allResourceTypes,
  creatableTypes,
  destroyableTypes,
  shareableTypes,
  updatableTypes,
} from '../resources/resource-types.ts';
import { accessRequestApproveRoute } from './access-requests/access-request-approve.ts';
import { accessRequestArchiveRoute } from './access-requests/access-request-archive.ts';
import { accessRequestCreateRoute } from './access-requests/access-request-create.ts';
import { accessRequestDenyRoute } from './access-requests/access-request-deny.ts';
import { accessRequestListRoute } from './access-requests/access-request-list.ts';
import { accessRequestRevokeRoute } from './access-requests/access-request-revoke.ts';
import { accessRequestSecretRoute } from './access-requests/access-request-secret.ts';
import { accessRequestShowRoute } from './access-requests/access-request-show.ts';
import { accountForgetRoute } from './accounts/account-forget.ts';
import { accountListRoute } from './accounts/account-list.ts';
import { accountProveRoute } from './accounts/account-prove.ts';
import { credentialsCheckRoute } from './accounts/credentials-check.ts';
import { auditListRoute } from './audit/audit-list.ts';
import { certificateAuthorityListRoute } from './certificate-authorities/certificate-authority-list.ts';
import { certificateAuthorityPemRoute } from './certificate-authorities/certificate-authority-pem.ts';
import { clientCreateRoute } from './clients/client-create.ts';
import { clientDisableRoute } from './clients/client-disable.ts';
import { clientListRoute } from './clients/client-list.ts';
import { cloudCredentialsCheckRoute } from './cloud-credentials/cloud-credentials-check.ts';
import { cloudCredentialsCreateRoute } from './cloud-credentials/cloud-credentials-create.ts';
import { cloudCredentialsDeleteRoute } from './cloud-credentials/cloud-credentials-delete.ts';
import { cloudCredentialsListRoute } from './cloud-credentials/cloud-credentials-list.ts';
import { cloudCredentialsReplaceRoute } from './cloud-credentials/cloud-credentials-replace.ts';
import { cloudCredentialsShowRoute } from './cloud-credentials/cloud-credentials-show.ts';
import { cloudServiceAllowRoute } from './cloud-services/cloud-service-allow.ts';
import { cloudServiceDisallowRoute } from './cloud-services/cloud-service-disallow.ts';
import { cloudServiceListRoute } from './cloud-services/cloud-service-list.ts';
import { cloudListRoute } from './clouds/cloud-list.ts';
import { cloudShowRoute } from './clouds/cloud-show.ts';
import { environmentCreateRoute } from './environments/environment-create.ts';
import { environmentLinkRoute } from './environments/environment-link.ts';
import { environmentListRoute } from './environments/environment-list.ts';
import { environmentUnlinkRoute } from './environments/environment-unlink.ts';
import { environmentUpdateRoute } from './environments/environment-update.ts';
import { organizationCreateRoute } from './organizations/organization-create.ts';
import { organizationListRoute } from './organizations/organization-list.ts';
import { policyGroupCreateRoute } from './policy-groups/policy-group-create.ts';
import { policyGroupDeleteRoute } from './policy-groups/policy-group-delete.ts';
import { policyGroupListRoute } from './policy-groups/policy-group-list.ts';
import { policyGroupReplaceRoute } from './policy-groups/policy-group-replace.ts';
import { policyGroupShowRoute } from './policy-groups/policy-group-show.ts';
import { pollingListRoute } from './polling/polling-list.ts';
import { accountRefreshRoute } from './resources/account-refresh.ts';
import { instanceActionRoute } from './resources/instance-action.ts';
import { resourceCreateRoute } from './resources/resource-create.ts';
import { resourceDestroyRoute } from './resources/resource-destroy.ts';
import { resourceHistoryRoute } from './resources/resource-history.ts';
import { resourceListRoute } from './resources/resource-list.ts';
import { resourceRefreshRoute } from './resources/resource-refresh.ts';
import { resourceShareRoute } from './resources/resource-share.ts';
import { resourceSharingRoute } from './resources/resource-sharing.ts';
import { resourceShowRoute } from './resources/resource-show.ts';
import { resourceUpdateRoute } from './resources/resource-update.ts';
import type { Route } from './route.ts';
import { deadLetterDiscardRoute } from './subscriptions/dead-letter-discard.ts';
import { deadLetterListRoute } from './subscriptions/dead-letter-list.ts';
import { deadLetterRedeliverRoute } from './subscriptions/dead-letter-redeliver.ts';
import { subscriptionCreateRoute } from './subscriptions/subscription-create.ts';
import { subscriptionDestroyRoute } from './subscriptions/subscription-destroy.ts';
import { subscriptionDropsClearRoute } from './subscriptions/subscription-drops-clear.ts';
import { subscriptionListRoute } from './subscriptions/subscription-list.ts';
import { subscriptionShowRoute } from './subscriptions/subscription-show.ts';
import { syncRoute } from './sync/sync.ts';
import { tokenCreateRoute } from './tokens/token-create.ts';
import { tokenRevokeRoute } from './tokens/token-revoke.ts';
import { tokenShowRoute } from './tokens/token-show.ts';
import { usageCallsRoute } from './usage/usage-calls.ts';
import { usageSummaryRoute } from './usage/usage-summary.ts';

/** With their exact types; of the routes that every type of resource has, those of all types together. */
export const listedRoutes = [
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
  cloudShowRoute,
  ...allResourceTypes.flatMap((type) => [
    resourceListRoute(type),
    resourceShowRoute(type),
    resourceHistoryRoute(type),
    resourceRefreshRoute(type),
  ]),
  ...creatableTypes.map((type) => resourceCreateRoute(type)),
  ...updatableTypes.map((type) => resourceUpdateRoute(type)),
  ...destroyableTypes.map((type) => resourceDestroyRoute(type)),
  ...instanceActions.map(instanceActionRoute),
  ...shareableTypes.flatMap((type) => [resourceSharingRoute(type), resourceShareRoute(type)]),
  accountRefreshRoute,
  pollingListRoute,
  syncRoute,
  subscriptionCreateRoute,
  subscriptionListRoute,
  subscriptionShowRoute,
  subscriptionDestroyRoute,
  subscriptionDropsClearRoute,
  deadLetterListRoute,
  deadLetterRedeliverRoute,
  deadLetterDiscardRoute,
  environmentCreateRoute,
  environmentListRoute,
  environmentUpdateRoute,
  environmentLinkRoute,
  environmentUnlinkRoute,
  cloudCredentialsCreateRoute,
  cloudCredentialsListRoute,
  cloudCredentialsShowRoute,
  cloudCredentialsReplaceRoute,
  cloudCredentialsCheckRoute,
  cloudCredentialsDeleteRoute,
  cloudServiceListRoute,
  cloudServiceAllowRoute,
  cloudServiceDisallowRoute,
  accessRequestCreateRoute,
  accessRequestListRoute,
  accessRequestShowRoute,
  accessRequestApproveRoute,
  accessRequestDenyRoute,
  accessRequestSecretRoute,
  accessRequestRevokeRoute,
  accessRequestArchiveRoute,
  policyGroupCreateRoute,
  policyGroupListRoute,
  policyGroupShowRoute,
  policyGroupReplaceRoute,
  policyGroupDeleteRoute,
  usageSummaryRoute,
  usageCallsRoute,
  auditListRoute,
  certificateAuthorityListRoute,
  certificateAuthorityPemRoute,
];

export const allRoutes: readonly Route[] = [...listedRoutes];
