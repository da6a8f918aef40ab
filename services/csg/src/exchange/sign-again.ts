// The request as it goes to the cloud: the same, but signed with the credentials that were chosen at approval, dated by
// our own clock.
import {
  formatAmzDate,
  type ParsedSignature,
  type ResignedRequest,
  resignRequest,
  type SigningCredentials,
  type SigningKeyCache,
  signatureHeaders,
  type Verified,
} from '@cloud-gateway/sigv4';
import type { RequestHead } from '../http1/parse-request-head.ts';
import { hopByHopHeaders } from './hop-by-hop-headers.ts';

export interface SignAgainInput {
  readonly head: RequestHead;
  readonly parsed: ParsedSignature;
  readonly verified: Verified;
  /** The Host that the cloud is to see. */
  readonly host: string;
  readonly credentials: SigningCredentials;
  readonly nowMs: number;
  /** `content-length: 12`, `transfer-encoding: chunked` and the like; decides over what the client sent. */
  readonly framingLines: string;
  readonly signingKeys: SigningKeyCache;
}

export interface SignedHead extends Pick<ResignedRequest, 'signature' | 'scope'> {
  /** With the empty line at its end; one character per byte. */
  readonly text: string;
  readonly amzDate: string;
}

export function signAgain(input: SignAgainInput): SignedHead {
  const { head, parsed, verified, host, credentials, signingKeys } = input;
  const amzDate = formatAmzDate(input.nowMs);
  const { target, headers, signature, scope } = resignRequest({
    request: head,
    parsed,
    verified,
    credentials,
    amzDate,
    host: isHostSigned(parsed, host) ? undefined : host,
    signingKeys,
  });
  return { text: headText(input, target, headers), amzDate, signature, scope };
}

function isHostSigned({ headers }: ParsedSignature, host: string): boolean {
  return headers.get('host')?.[0] === host;
}

function headText(
  { head, parsed, host, framingLines }: SignAgainInput,
  target: string,
  ours: ResignedRequest['headers'],
): string {
  const dropped = hopByHopHeaders(head.headers);
  let text = `${head.method} ${target} HTTP/1.1\r\nhost: ${host}\r\n`;
  for (let i = 0; i < head.headers.length; i += 2) {
    const name = (head.headers[i] ?? '').toLowerCase();
    if (isFraming(name) || signatureHeaders.has(name) || Object.hasOwn(ours, name)) continue;
    // What is signed has to arrive, even where it means nothing to the next hop.
    if (dropped.has(name) && !parsed.signedHeaders.includes(name)) continue;
    text += `${name}: ${head.headers[i + 1] ?? ''}\r\n`;
  }
  for (const name in ours) if (name !== 'host') text += `${name}: ${ours[name] ?? ''}\r\n`;
  return `${text}${framingLines}\r\n`;
}

/** Said anew, by what is known of the body. */
function isFraming(name: string): boolean {
  return name === 'host' || name === 'content-length' || name === 'transfer-encoding' || name === 'expect';
}
