// One HTTP request with its answer, of any status, as text: `fetch` cannot be told which authorities to trust.
import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';

export interface RequestToSend {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** PEM texts of the authorities to trust, instead of those that Node.js trusts. */
  readonly authorities?: readonly string[] | undefined;
  /** Until the end of the answer. */
  readonly timeoutMs: number;
}

export interface ReceivedAnswer {
  readonly status: number;
  /** The header of that name. */
  readonly date: string | undefined;
  readonly text: string;
}

/** Rejects with what Node.js says when nobody answers, or not to the end. Redirections are answers like others. */
export async function sendRequest(request: RequestToSend): Promise<ReceivedAnswer> {
  const { method, url, headers, body, authorities, timeoutMs } = request;
  const send = url.startsWith('https:') ? https.request : http.request;
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const options = { method, headers, signal: AbortSignal.timeout(timeoutMs) };
    const sending = send(url, { ...options, ...(authorities && { ca: [...authorities] }) }, resolve);
    sending.on('error', reject).end(body);
  });
  return { status: response.statusCode ?? 0, date: response.headers.date, text: await text(response) };
}
