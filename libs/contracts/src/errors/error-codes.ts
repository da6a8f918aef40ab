// The one catalogue of what can go wrong. Each row says who is at fault (the status), whether the same request may
// succeed later (retryable), and what the person who reads the answer should do. docs/errors.md is generated from it.

interface ErrorCodeRow {
  /** HTTP status of the answer: 4xx the caller, 501 this cloud cannot, 502 the cloud failed, 504 no answer in time, 500 ours. */
  readonly status: number;
  readonly title: string;
  /** True when the very same request may succeed later. */
  readonly retryable: boolean;
  readonly remedy: string;
}

export const errorCodes = {
  'malformed-request': row(
    400,
    'The request could not be read',
    false,
    'Send what the route documents; the message names the place that could not be read.',
  ),
  'malformed-envelope': row(
    400,
    'The AMQP message is not a request envelope',
    false,
    'Publish the JSON described in docs/amqp-api.md.',
  ),
  'validation-failed': row(
    400,
    'The request does not fit its schema',
    false,
    'Correct the fields listed under errors.',
  ),
  unauthenticated: row(
    401,
    'Who you are is not known',
    false,
    'Send a valid token: Authorization: Bearer <token>; make one with POST /v1/tokens.',
  ),
  forbidden: row(
    403,
    'You may not do this',
    false,
    'Ask an administrator for the permission named in the message.',
  ),
  'account-not-proven': row(
    403,
    'You have not proven this cloud account',
    false,
    'Prove it first: POST /v1/accounts with its credentials.',
  ),
  'not-owner': row(
    403,
    'Only its owner may do this',
    false,
    'The resource belongs to another account of the cloud; copy it first, or ask its owner.',
  ),
  'clock-skew': row(
    403,
    'Your clock and ours are too far apart',
    false,
    'Set your clock by NTP; more than 300 seconds are refused.',
  ),
  'not-found': row(
    404,
    'There is no such thing',
    false,
    'Check the path and the identifiers in it; GET /v1/openapi.json lists every route.',
  ),
  conflict: row(
    409,
    'The present state does not allow this',
    false,
    'Read the present state and decide again.',
  ),
  'request-in-progress': row(
    409,
    'The first request with this idempotency key is still running',
    true,
    'Repeat the same request with the same key a little later; you will get its stored answer.',
  ),
  'resync-required': row(
    410,
    'That is too long ago to tell what changed since',
    false,
    'Forget what you have and ask again without since.',
  ),
  gone: row(410, 'It was there and is deleted', false, 'Its history can still be read until it is purged.'),
  'precondition-failed': row(
    412,
    'It was changed since you read it',
    false,
    'Read it again, decide again, and send the new ETag as If-Match.',
  ),
  'body-too-large': row(
    413,
    'The body is larger than this gateway takes',
    false,
    'Send a smaller body, or ask the operator to raise GATEWAY_EDGE_BODY_LIMIT_BYTES.',
  ),
  'idempotency-key-reused': row(
    422,
    'This idempotency key came with another request before',
    false,
    'Use a new Idempotency-Key for a new request, and the same one only to repeat the same request.',
  ),
  'credentials-rejected': row(
    422,
    'The cloud does not accept these credentials',
    false,
    'Check them with the cloud; POST /v1/credential-checks tells what is missing.',
  ),
  'too-many-requests': row(429, 'Too many requests', true, 'Slow down; Retry-After says when to try again.'),
  'header-fields-too-large': row(
    431,
    'The header fields are larger than this gateway takes',
    false,
    'Send fewer or smaller header fields.',
  ),
  internal: row(
    500,
    'The gateway failed',
    false,
    'Report it with the request id; the operator finds the cause in the log under that id.',
  ),
  'outcome-unknown': row(
    500,
    'It is not known whether this took effect',
    false,
    'Read the resource to see; this call is not safe to repeat blindly.',
  ),
  'outcome-pending': row(
    504,
    'It is not known yet whether this took effect',
    true,
    'The gateway finds out by itself. Repeat the request with the same Idempotency-Key: there is never a second resource.',
  ),
  'not-supported': row(
    501,
    'This cloud cannot do that',
    false,
    'GET /v1/clouds lists what each cloud can do.',
  ),
  'cloud-refused': row(
    400,
    'The cloud refused the request',
    false,
    "Correct the request as the cloud's own message says.",
  ),
  'cloud-forbidden': row(
    403,
    'The cloud denied the stored credentials this call',
    false,
    'Grant the permission that the cloud names to the credentials you proved the account with.',
  ),
  'cloud-not-found': row(
    404,
    'The cloud does not know this resource',
    false,
    'It may be deleted already; list again.',
  ),
  'cloud-conflict': row(
    409,
    "The resource's state in the cloud does not allow this",
    false,
    'Read the present state and decide again.',
  ),
  'cloud-throttled': row(
    429,
    'The cloud limits the rate of calls',
    true,
    'Try again later; Retry-After says when.',
  ),
  'cloud-failed': row(
    502,
    'The cloud failed',
    true,
    'Try again later; the message carries what the cloud said.',
  ),
  'cloud-unreachable': row(
    502,
    'The cloud could not be reached',
    true,
    'Check the endpoint and the network between the gateway and the cloud.',
  ),
  'cloud-clock-skew': row(
    502,
    "The cloud endpoint's clock and ours are more than 300 seconds apart",
    true,
    'Set both clocks by NTP. Calls to this endpoint fail until it is back in sync.',
  ),
  'cloud-timeout': row(
    504,
    'The cloud did not answer in time',
    true,
    'Try again; a write is safe to repeat with the same Idempotency-Key.',
  ),
  unavailable: row(
    503,
    'The gateway cannot serve this just now',
    true,
    'Try again after Retry-After; a write is safe to repeat with the same Idempotency-Key.',
  ),
  overloaded: row(
    503,
    'More requests are waiting than the gateway takes',
    true,
    'Try again after Retry-After.',
  ),
  'deadline-exceeded': row(
    504,
    'No answer came before the deadline',
    true,
    'Try again; a write is safe to repeat with the same Idempotency-Key.',
  ),
} as const satisfies Record<string, ErrorCodeRow>;

export type ErrorCode = keyof typeof errorCodes;

function row(status: number, title: string, retryable: boolean, remedy: string): ErrorCodeRow {
  return { status, title, retryable, remedy };
}

/** What any route can answer that asks or tells a cloud something. */
export const cloudErrorCodes = [
  'not-found',
  'credentials-rejected',
  'cloud-refused',
  'cloud-forbidden',
  'cloud-not-found',
  'cloud-conflict',
  'cloud-throttled',
  'cloud-failed',
  'cloud-unreachable',
  'cloud-clock-skew',
  'cloud-timeout',
] as const satisfies readonly ErrorCode[];
