export { type ErrorCode, errorCodes } from './errors/error-codes.ts';
export { type CloudFault, type FieldIssue, GatewayError, type GatewayErrorOptions, isGatewayError } from './errors/gateway-error.ts';
export { type Problem, problemContentType, problemSchema, toProblem } from './errors/problem.ts';
