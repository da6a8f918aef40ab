// Turns whatever a call to AWS threw into the one error of the gateway.
import { GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import { errorCodeOf } from './aws-error-codes.ts';
import { isConnectTimeout, isTlsCode, NotSent } from './not-sent.ts';
import { ProxyFailure } from './proxy-failure.ts';

export interface FailedCall {
  /** `ec2 RunInstances in us-east-1`: what the message says was tried. */
  readonly what: string;
  /** True when the caller's deadline or ours ended the call. */
  readonly aborted: boolean;
  /** Taken out of the cloud's message: AWS repeats signed headers, a session token among them, in some refusals. */
  readonly secrets: readonly string[];
}

export function toGatewayError(error: unknown, call: FailedCall): GatewayError {
  if (isGatewayError(error)) return error;
  if (error instanceof NotSent) return toGatewayError(error.cause, call);
  if (!(error instanceof Error)) return internal(error, call);
  if (error instanceof ProxyFailure) return noWay(error, call);
  if (isAwsException(error)) return fromAws(error, call);
  if (call.aborted || error.name === 'AbortError') return noAnswer(error, call);
  return fromTransport(error, call);
}

interface AwsException extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

// The SDK decorates errors of the transport with $metadata too; only an answer has a status.
function isAwsException(error: Error): error is AwsException {
  const { $metadata } = error as Partial<AwsException>;
  return $metadata?.httpStatusCode !== undefined;
}

function fromAws(error: AwsException, call: FailedCall): GatewayError {
  const { httpStatusCode: httpStatus } = error.$metadata;
  // An answer that could not be read (a proxy's page, half a body) has no code of AWS's.
  const named = error.name !== 'Error' && error.name !== 'Unknown' && error.name !== 'SyntaxError';
  const awsCode = named ? error.name : `HTTP ${httpStatus}`;
  const said = named
    ? readable(error.message, call.secrets)
    : `an answer that cannot be read (HTTP ${httpStatus})`;
  const requestId = error.$metadata.requestId ?? error.$response?.headers?.['x-amzn-requestid'];
  const code = errorCodeOf({ code: awsCode, message: error.message, httpStatus });
  return new GatewayError(code, {
    message: `${call.what}: ${said}`,
    cloud: { code: awsCode, ...(requestId !== undefined && { requestId }) },
    ...(code === 'cloud-throttled' && { retryAfterMs: retryAfterMs(error.$response?.headers) }),
    ...(!named && { detail: readable(error.message, call.secrets) }),
  });
}

function noWay(error: ProxyFailure, call: FailedCall): GatewayError {
  return new GatewayError('cloud-unreachable', { message: `${call.what}: ${error.message}`, cause: error });
}

function noAnswer(error: Error, call: FailedCall): GatewayError {
  return new GatewayError('cloud-timeout', {
    message: `${call.what}: the cloud did not answer before the deadline`,
    cause: error,
  });
}

function fromTransport(error: Error, call: FailedCall): GatewayError {
  const { code, name } = error as NodeJS.ErrnoException;
  // The SDK names a reset connection a TimeoutError too; the system's own code is the finer word.
  if (code === 'ETIMEDOUT' && name === 'TimeoutError') return noAnswer(error, call);
  if (isConnectTimeout(error) || isTlsCode(code) || (code !== undefined && networkCodes.has(code))) {
    return new GatewayError('cloud-unreachable', {
      message: `${call.what}: no connection (${code ?? 'connecting took too long'})`,
      detail: error.message,
      cause: error,
    });
  }
  return internal(error, call);
}

const networkCodes: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

function internal(error: unknown, call: FailedCall): GatewayError {
  return new GatewayError('internal', { message: `${call.what} failed in the gateway`, cause: error });
}

const defaultRetryAfterMs = 2_000;

function retryAfterMs(headers: Readonly<Record<string, string>> | undefined): number {
  const seconds = Number(headers?.['retry-after'] ?? Number.NaN);
  return seconds >= 0 && seconds <= 3_600 ? seconds * 1_000 : defaultRetryAfterMs;
}

const maxMessageLength = 600;

function readable(message: string, secrets: readonly string[]): string {
  // What follows the first line is the canonical request: long, and no use to the caller.
  const line = message.split('\n', 1)[0] ?? '';
  const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line).trim();
  if (clean === '') return 'refused without a word';
  return clean.length > maxMessageLength ? `${clean.slice(0, maxMessageLength)}…` : clean;
}
