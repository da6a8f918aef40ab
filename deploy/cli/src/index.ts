export { serviceNames } from './gateway/services.ts';
export { type Gateway, type GatewayOptions, startGateway } from './gateway/start-gateway.ts';
