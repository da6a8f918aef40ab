export { type ReplyEnvelope, replyEnvelopeSchema } from './envelopes/reply-envelope.ts';
export { type Headers, type RequestEnvelope, requestEnvelopeSchema } from './envelopes/request-envelope.ts';
export { type ErrorCode, errorCodes } from './errors/error-codes.ts';
export {
  type CloudFault,
  type FieldIssue,
  GatewayError,
  type GatewayErrorOptions,
  isGatewayError,
} from './errors/gateway-error.ts';
export { type Problem, problemContentType, problemSchema, toProblem } from './errors/problem.ts';
export type { AdministrativeDetails } from './events/administrative-details.ts';
export {
  type AdministrativeEvent,
  type AdministrativeSubject,
  administrativeEventSchema,
  administrativeSubjects,
} from './events/administrative-event.ts';
export { type AnyEvent, anyEventSchema, type EventKind, eventKinds } from './events/any-event.ts';
export { type EventFamily, eventFamilies, eventJsonSchema } from './events/event-json-schema.ts';
export {
  administrativeEventRoutingKey,
  eventWord,
  listingEventRoutingKey,
  resourceEventRoutingKey,
} from './events/event-routing-key.ts';
export {
  type ListingEvent,
  type ListingKind,
  listingEventSchema,
  listingKinds,
} from './events/listing-event.ts';
export type { OutgoingEvent } from './events/outgoing-event.ts';
export {
  type Cause,
  type ChangeKind,
  changeKinds,
  type ResourceEvent,
  resourceEventSchema,
} from './events/resource-event.ts';
export { presentSchemaVersion } from './events/schema-version.ts';
export {
  accountBindings,
  administrativeBindings,
  type EventFilter,
  matchesBinding,
} from './events/subscription-bindings.ts';
export { buildOpenApi, type OpenApiDocument } from './openapi/build-openapi.ts';
export {
  type ConnectionPolicy,
  connectAddressOf,
  connectionPolicies,
  connectionPolicySchema,
} from './resources/connection-policy.ts';
export type { DatacenterBody } from './resources/datacenter.ts';
export {
  type BodyOf,
  bodySchemas,
  type CreateOf,
  createSchemas,
  type DocumentOf,
  documentSchemas,
  type Instance,
  type UpdateOf,
  updateSchemas,
} from './resources/documents.ts';
export type { ImageBody, ImageCreate, ImageUpdate } from './resources/image.ts';
export {
  type InstanceAction,
  type InstanceBody,
  type InstanceCreate,
  type InstanceUpdate,
  instanceActions,
} from './resources/instance.ts';
export type { InstanceTypeBody } from './resources/instance-type.ts';
export type { IpAddressBody, IpAddressCreate, IpAddressUpdate } from './resources/ip-address.ts';
export type { IpAddressBindingBody, IpAddressBindingCreate } from './resources/ip-address-binding.ts';
export { isPublished } from './resources/is-published.ts';
export type { NetworkBody, NetworkCreate, NetworkUpdate } from './resources/network.ts';
export type {
  PlacementGroupBody,
  PlacementGroupCreate,
  PlacementGroupUpdate,
} from './resources/placement-group.ts';
export { type ResourceBody, type ResourceRecord, recordSchema, visibilities } from './resources/resource.ts';
export {
  allResourceTypes,
  type CreatableType,
  creatableTypes,
  type DestroyableType,
  destroyableTypes,
  hasCall,
  type ResourceCall,
  type ResourceState,
  type ResourceType,
  resourceCalls,
  resourceTypes,
  type ShareableType,
  type StateOf,
  shareableTypes,
  type UpdatableType,
  updatableTypes,
} from './resources/resource-types.ts';
export type {
  SecurityGroupBody,
  SecurityGroupCreate,
  SecurityGroupUpdate,
} from './resources/security-group.ts';
export type {
  SecurityGroupRuleBody,
  SecurityGroupRuleCreate,
  SecurityGroupRuleUpdate,
} from './resources/security-group-rule.ts';
export type { SshKeyBody, SshKeyCreate, SshKeyUpdate } from './resources/ssh-key.ts';
export { stateMeanings } from './resources/state-meanings.ts';
export type { SubnetBody, SubnetCreate, SubnetUpdate } from './resources/subnet.ts';
export type { VolumeBody, VolumeCreate, VolumeUpdate } from './resources/volume.ts';
export type { VolumeAttachmentBody, VolumeAttachmentCreate } from './resources/volume-attachment.ts';
export type {
  VolumeSnapshotBody,
  VolumeSnapshotCreate,
  VolumeSnapshotUpdate,
} from './resources/volume-snapshot.ts';
export type { VolumeTypeBody } from './resources/volume-type.ts';
export {
  type AccessRequestAction,
  type AccessRequestState,
  accessRequestStates,
  accessRequestTransitions,
  nextState,
} from './routes/access-requests/access-request.ts';
export { accessRequestApproveRoute } from './routes/access-requests/access-request-approve.ts';
export { accessRequestArchiveRoute } from './routes/access-requests/access-request-archive.ts';
export { accessRequestCreateRoute } from './routes/access-requests/access-request-create.ts';
export { accessRequestDenyRoute } from './routes/access-requests/access-request-deny.ts';
export { accessRequestListRoute } from './routes/access-requests/access-request-list.ts';
export { accessRequestRevokeRoute } from './routes/access-requests/access-request-revoke.ts';
export { accessRequestSecretRoute } from './routes/access-requests/access-request-secret.ts';
export { accessRequestShowRoute } from './routes/access-requests/access-request-show.ts';
export { accountForgetRoute } from './routes/accounts/account-forget.ts';
export { accountListRoute } from './routes/accounts/account-list.ts';
export { accountProveRoute } from './routes/accounts/account-prove.ts';
export { type CloudCredentials, cloudCredentialsSchema } from './routes/accounts/cloud-credentials.ts';
export { credentialsCheckRoute } from './routes/accounts/credentials-check.ts';
export { allRoutes } from './routes/all-routes.ts';
export { auditListRoute } from './routes/audit/audit-list.ts';
export { certificateAuthorityListRoute } from './routes/certificate-authorities/certificate-authority-list.ts';
export { certificateAuthorityPemRoute } from './routes/certificate-authorities/certificate-authority-pem.ts';
export { clientCreateRoute } from './routes/clients/client-create.ts';
export { clientDisableRoute } from './routes/clients/client-disable.ts';
export { clientListRoute } from './routes/clients/client-list.ts';
export { cloudCredentialsCheckRoute } from './routes/cloud-credentials/cloud-credentials-check.ts';
export { cloudCredentialsCreateRoute } from './routes/cloud-credentials/cloud-credentials-create.ts';
export { cloudCredentialsDeleteRoute } from './routes/cloud-credentials/cloud-credentials-delete.ts';
export { cloudCredentialsListRoute } from './routes/cloud-credentials/cloud-credentials-list.ts';
export { cloudCredentialsReplaceRoute } from './routes/cloud-credentials/cloud-credentials-replace.ts';
export { cloudCredentialsShowRoute } from './routes/cloud-credentials/cloud-credentials-show.ts';
export { cloudServiceAllowRoute } from './routes/cloud-services/cloud-service-allow.ts';
export { cloudServiceDisallowRoute } from './routes/cloud-services/cloud-service-disallow.ts';
export { cloudServiceListRoute } from './routes/cloud-services/cloud-service-list.ts';
export { cloudListRoute } from './routes/clouds/cloud-list.ts';
export { cloudShowRoute } from './routes/clouds/cloud-show.ts';
export { environmentCreateRoute } from './routes/environments/environment-create.ts';
export { environmentLinkRoute } from './routes/environments/environment-link.ts';
export { environmentListRoute } from './routes/environments/environment-list.ts';
export { environmentUnlinkRoute } from './routes/environments/environment-unlink.ts';
export { environmentUpdateRoute } from './routes/environments/environment-update.ts';
export { organizationCreateRoute } from './routes/organizations/organization-create.ts';
export { organizationListRoute } from './routes/organizations/organization-list.ts';
export {
  allPermissions,
  defaultClientPermissions,
  type Permission,
  permissions,
} from './routes/permissions.ts';
export {
  type PolicyRule,
  type PolicyRuleType,
  policyRuleSchema,
} from './routes/policy-groups/policy-group.ts';
export { policyGroupCreateRoute } from './routes/policy-groups/policy-group-create.ts';
export { policyGroupDeleteRoute } from './routes/policy-groups/policy-group-delete.ts';
export { policyGroupListRoute } from './routes/policy-groups/policy-group-list.ts';
export { policyGroupReplaceRoute } from './routes/policy-groups/policy-group-replace.ts';
export { policyGroupShowRoute } from './routes/policy-groups/policy-group-show.ts';
export { type PollState, pollingListRoute, pollStates } from './routes/polling/polling-list.ts';
export { accountRefreshRoute } from './routes/resources/account-refresh.ts';
export { instanceActionRoute } from './routes/resources/instance-action.ts';
export { resourceCreateRoute } from './routes/resources/resource-create.ts';
export { resourceDestroyRoute } from './routes/resources/resource-destroy.ts';
export { type FieldChange, resourceHistoryRoute } from './routes/resources/resource-history.ts';
export { type ResourceSort, resourceListRoute, resourceSorts } from './routes/resources/resource-list.ts';
export { type ResourceView, resourceViews } from './routes/resources/resource-query.ts';
export { resourceRefreshRoute } from './routes/resources/resource-refresh.ts';
export { resourceShareRoute } from './routes/resources/resource-share.ts';
export { resourceSharingRoute, type Sharing } from './routes/resources/resource-sharing.ts';
export { resourceShowRoute } from './routes/resources/resource-show.ts';
export { resourceUpdateRoute } from './routes/resources/resource-update.ts';
export { defineRoute, type Method, type RequestHeader, type Route } from './routes/route.ts';
export { type RouteName, type RouteTable, routeTable } from './routes/route-table.ts';
export { deadLetterDiscardRoute } from './routes/subscriptions/dead-letter-discard.ts';
export { deadLetterListRoute } from './routes/subscriptions/dead-letter-list.ts';
export { deadLetterRedeliverRoute } from './routes/subscriptions/dead-letter-redeliver.ts';
export {
  type SubscriptionDelivery,
  type SubscriptionState,
  subscriptionSchema,
  subscriptionStates,
} from './routes/subscriptions/subscription.ts';
export { subscriptionCreateRoute } from './routes/subscriptions/subscription-create.ts';
export { subscriptionDestroyRoute } from './routes/subscriptions/subscription-destroy.ts';
export { subscriptionDropsClearRoute } from './routes/subscriptions/subscription-drops-clear.ts';
export { subscriptionListRoute } from './routes/subscriptions/subscription-list.ts';
export { subscriptionShowRoute } from './routes/subscriptions/subscription-show.ts';
export { syncRoute } from './routes/sync/sync.ts';
export { tokenCreateRoute } from './routes/tokens/token-create.ts';
export { tokenRevokeRoute } from './routes/tokens/token-revoke.ts';
export { tokenShowRoute } from './routes/tokens/token-show.ts';
export { type UsageOutcome, usageCallsRoute, usageOutcomes } from './routes/usage/usage-calls.ts';
export { type UsageDimension, usageDimensions, usageSummaryRoute } from './routes/usage/usage-summary.ts';
export { type DeliveryClass, deliveryClassOf, routingKeyOf } from './topology/routing-key.ts';
export { topology } from './topology/topology.ts';
