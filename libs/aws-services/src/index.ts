export type { AwsRequest, HeaderLookup } from './aws-request.ts';
export type { AwsService, Protocol } from './aws-service.ts';
export { credentialVendingActions } from './credential-vending-actions.ts';
export type { Endpoint } from './endpoint.ts';
export { type ErrorProtocol, type ErrorShape, errorProtocolOf } from './error-protocol-of.ts';
export { findEndpoint } from './find-endpoint.ts';
export { type HostForInput, hostFor, type UpstreamHost } from './host-for.ts';
export { type Operation, type OperationRequest, operationOf } from './operation-of.ts';
export { originalServices } from './original-services.ts';
export {
  type Resolution,
  type ResolutionRefusal,
  type ResolveServiceInput,
  resolveService,
} from './resolve-service.ts';
export { allServices, findService, serviceNamed } from './services.ts';
