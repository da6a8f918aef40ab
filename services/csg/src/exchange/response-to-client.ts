// The head of the cloud's answer as the client gets it, and what has to be known of it.
import type { BodyFraming } from '../http1/body-framing.ts';
import type { ResponseHead } from '../http1/parse-response-head.ts';

export interface ResponseToClient {
  /** With the empty line at its end; one character per byte. */
  readonly text: string;
  readonly cloudRequestId: string | undefined;
  readonly date: string | undefined;
  /** The cloud goes on with the connection after this answer. */
  readonly keepsUpstream: boolean;
}

export function responseToClient(
  head: ResponseHead,
  { framing, callId, closes }: { framing: BodyFraming; callId: string; closes: boolean },
): ResponseToClient {
  let text = `HTTP/1.1 ${head.status} ${head.reason}\r\n`;
  let cloudRequestId: string | undefined;
  let date: string | undefined;
  let keepsUpstream = head.minorVersion === 1 && framing.kind !== 'until-close';
  const { headers } = head;
  for (let i = 0; i < headers.length; i += 2) {
    const sentName = headers[i] ?? '';
    const value = headers[i + 1] ?? '';
    const name = sentName.toLowerCase();
    switch (name) {
      case 'connection':
        if (value.toLowerCase().includes('close')) keepsUpstream = false;
        continue;
      case 'keep-alive':
      case 'proxy-connection':
      case 'proxy-authenticate':
      case 'upgrade':
      case 'trailer':
        continue;
      case 'x-amzn-requestid':
      case 'x-amz-request-id':
      case 'x-amzn-request-id':
        cloudRequestId ??= value;
        break;
      case 'date':
        date = value;
        break;
    }
    text += `${sentName}: ${value}\r\n`;
  }
  // An answer that ends with its connection gets an end of its own, so that the client's connection can go on.
  if (framing.kind === 'until-close') text += 'transfer-encoding: chunked\r\n';
  text += `x-cloud-gateway-call-id: ${callId}\r\n`;
  if (closes) text += 'connection: close\r\n';
  return { text: `${text}\r\n`, cloudRequestId, date, keepsUpstream };
}
