import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from './page.ts';

/** Answers GET and HEAD: 304 when the caller has this version already. */
export function sendPage(
  req: IncomingMessage,
  res: ServerResponse,
  { page, headers }: { readonly page: Page; readonly headers: Readonly<Record<string, string>> },
): void {
  if (req.headers['if-none-match'] === page.headers['etag']) {
    res.writeHead(304, { ...page.headers, ...headers }).end();
    return;
  }
  res.writeHead(200, { ...page.headers, ...headers, 'content-length': page.body.length }).end(page.body);
}
