// One POST to a receiver. Everything that may go wrong is a result, not an error. Owns the sockets of all webhooks.
import http from 'node:http';
import https from 'node:https';
import { rootCertificates } from 'node:tls';
import { createWebhookAddresses, ForbiddenAddressError, type ResolveName } from './webhook-addresses.ts';

interface WebhookPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** From now to the status line of the answer: name, connection, certificates and all. */
  readonly timeoutMs: number;
  /** Ends it as `unreachable`. */
  readonly signal: AbortSignal;
}

export type PostResult =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | undefined }
  | {
      readonly kind: 'timeout' | 'unreachable' | 'forbidden-address';
      /** For the owner of the webhook. */
      readonly reason: string;
    };

export interface WebhookPoster {
  post(request: WebhookPost): Promise<PostResult>;
  close(): void;
}

export interface PosterOptions {
  readonly allowPrivate: boolean;
  /** Certificate authorities besides the public ones, PEM. */
  readonly ca?: string | undefined;
  /** Default: the DNS. */
  readonly resolve?: ResolveName;
}

const answerBytesMax = 64 * 1024;
const answerReadMs = 2_000;
const idleSocketMs = 20_000;

export function createWebhookPoster({ ca, ...rules }: PosterOptions): WebhookPoster {
  const addresses = createWebhookAddresses(rules);
  const kept = { keepAlive: true, timeout: idleSocketMs, maxFreeSockets: 4, lookup: addresses.lookup };
  const plain = new http.Agent(kept);
  const secure = new https.Agent({ ...kept, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) });

  return {
    async post(request) {
      const { url } = request;
      try {
        if (url.protocol !== 'https:' && !rules.allowPrivate) throw new ForbiddenAddressError(url.origin);
        addresses.checkHost(url.hostname);
        return await postOnce(request, url.protocol === 'https:' ? secure : plain);
      } catch (err) {
        return failureOf(err, request.timeoutMs);
      }
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

function postOnce(post: WebhookPost, agent: http.Agent): Promise<PostResult> {
  const { url, headers, body, timeoutMs, signal } = post;
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const { request } = agent instanceof https.Agent ? https : http;
    const sent = request(url, { method: 'POST', headers, agent, signal });
    const timer = setTimeout(() => {
      const err = new TimeoutError();
      reject(err);
      sent.destroy(err);
    }, timeoutMs);
    sent.on('response', (answer) => {
      clearTimeout(timer);
      throwAway(answer);
      resolve({
        kind: 'answered',
        status: answer.statusCode ?? 0,
        retryAfter: answer.headers['retry-after'],
      });
    });
    // Without this a 101 is neither a response nor an error.
    sent.on('upgrade', ({ statusCode = 101 }, socket) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ kind: 'answered', status: statusCode, retryAfter: undefined });
    });
    sent.on('error', (err) => {
      clearTimeout(timer);
      const leftMs = timeoutMs - (performance.now() - startedMs);
      // The receiver has closed a kept connection in the very moment in which it was used again: no fault of anybody.
      if (sent.reusedSocket && codeOf(err) === 'ECONNRESET' && leftMs > 0 && !signal.aborted)
        postOnce({ ...post, timeoutMs: leftMs }, agent).then(resolve, reject);
      else reject(err);
    });
    sent.end(body);
  });
}

/** Reads to the end, so that the connection can be used again; but not for ever, and not without bound. */
function throwAway(answer: http.IncomingMessage): void {
  let bytes = 0;
  const timer = setTimeout(() => answer.destroy(), answerReadMs);
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > answerBytesMax) answer.destroy();
  });
  answer.on('error', () => undefined); // It was cut off. The status was all that mattered.
  answer.on('close', () => clearTimeout(timer));
}

class TimeoutError extends Error {
  readonly code = 'POST_TIMEOUT';
}

function failureOf(err: unknown, timeoutMs: number): PostResult {
  const code = codeOf(err);
  switch (code) {
    case 'POST_TIMEOUT':
      return { kind: 'timeout', reason: `no answer within ${timeoutMs / 1000} s` };
    case 'FORBIDDEN_ADDRESS':
      return {
        kind: 'forbidden-address',
        reason: 'the URL leads to no address that webhooks may be posted to',
      };
    default:
      return { kind: 'unreachable', reason: reasons[code] ?? `the connection failed: ${code}` };
  }
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused: does the receiver run?',
  ECONNRESET: 'the receiver closed the connection without an answer',
  EPIPE: 'the receiver closed the connection without an answer',
  ENOTFOUND: 'the DNS does not know the name of the receiver',
  ENODATA: 'the DNS has no address for the name of the receiver',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the receiver is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the receiver comes from an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the certificate of the receiver comes from an authority that is not known here, or the intermediate one is missing',
  CERT_HAS_EXPIRED: 'the certificate of the receiver has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the receiver is for another name',
  ABORT_ERR: 'the gateway was stopped meanwhile',
};

/** Of several addresses that were all tried in vain (AggregateError), what the first said. */
function codeOf(err: unknown): string {
  if (err instanceof AggregateError && err.errors.length > 0) return codeOf(err.errors[0]);
  const code: unknown = err instanceof Error ? Reflect.get(err, 'code') : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
