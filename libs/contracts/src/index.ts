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
export {
  type AdministrativeEvent,
  type AdministrativeSubject,
  administrativeEventSchema,
  administrativeSubjects,
} from './events/administrative-event.ts';
export { administrativeEventRoutingKey, resourceEventRoutingKey } from './events/event-routing-key.ts';
export type { OutgoingEvent } from './events/outgoing-event.ts';
export {
  type Cause,
  type ChangeKind,
  changeKinds,
  type ResourceEvent,
  resourceEventSchema,
} from './events/resource-event.ts';
export { buildOpenApi, type OpenApiDocument } from './openapi/build-openapi.ts';
export type { DatacenterBody } from './resources/datacenter.ts';
export {
  type BodyOf,
  bodySchemas,
  type DocumentOf,
  documentSchemas,
  type Instance,
} from './resources/documents.ts';
export type { ImageBody } from './resources/image.ts';
export { type InstanceAction, type InstanceBody, instanceActions } from './resources/instance.ts';
export type { InstanceTypeBody } from './resources/instance-type.ts';
export { type ResourceBody, type ResourceRecord, visibilities } from './resources/resource.ts';
export {
  allResourceTypes,
  type ResourceState,
  type ResourceType,
  resourceTypes,
  type StateOf,
} from './resources/resource-types.ts';
export { accountForgetRoute } from './routes/accounts/account-forget.ts';
export { accountListRoute } from './routes/accounts/account-list.ts';
export { accountProveRoute } from './routes/accounts/account-prove.ts';
export { type CloudCredentials, cloudCredentialsSchema } from './routes/accounts/cloud-credentials.ts';
export { credentialsCheckRoute } from './routes/accounts/credentials-check.ts';
export { allRoutes } from './routes/all-routes.ts';
export { clientCreateRoute } from './routes/clients/client-create.ts';
export { clientDisableRoute } from './routes/clients/client-disable.ts';
export { clientListRoute } from './routes/clients/client-list.ts';
export { cloudListRoute } from './routes/clouds/cloud-list.ts';
export { instanceActionRoute } from './routes/instances/instance-action.ts';
export { type InstanceLaunch, instanceLaunchRoute } from './routes/instances/instance-launch.ts';
export { organizationCreateRoute } from './routes/organizations/organization-create.ts';
export { organizationListRoute } from './routes/organizations/organization-list.ts';
export {
  allPermissions,
  defaultClientPermissions,
  type Permission,
  permissions,
} from './routes/permissions.ts';
export { resourceHistoryRoute } from './routes/resources/resource-history.ts';
export { resourceListRoute } from './routes/resources/resource-list.ts';
export { resourceShowRoute } from './routes/resources/resource-show.ts';
export { defineRoute, type Method, type Route } from './routes/route.ts';
export { tokenCreateRoute } from './routes/tokens/token-create.ts';
export { tokenRevokeRoute } from './routes/tokens/token-revoke.ts';
export { tokenShowRoute } from './routes/tokens/token-show.ts';
export { type DeliveryClass, deliveryClassOf, routingKeyOf } from './topology/routing-key.ts';
export { topology } from './topology/topology.ts';
