// Requests without TLS: for the root certificate, which a client needs before it can trust our TLS; and for AWS, which are
// refused, because signed requests and their answers would be readable on the way.
import type { Root } from '../certificates/root.ts';
import { type HttpResponse, plainText } from './http-response.ts';
import type { PlainRequest } from './read-opening.ts';
import { rootPage } from './root-page.ts';

export type PublishedRoot = Pick<Root, 'certificatePem' | 'certificateDer' | 'fingerprint256'>;

/** The host under which a client asks the proxy itself, as it did in the original product. */
const magicHost = 'csg';

export function answerPlainRequest(request: PlainRequest, root: PublishedRoot): HttpResponse {
  const path = ownPathOf(request.target);
  if (path === undefined || request.isAuthorized) return plainText(403, refusal);
  const page = pages[path];
  // Endpoint mode with http:// instead of https:// arrives here.
  if (!page) return request.target.startsWith('/') ? plainText(403, refusal) : plainText(404, notFound);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { ...plainText(405, `Use GET. ${refusal}`), headers: { Allow: 'GET, HEAD' } };
  }
  return { ...page(root), isHead: request.method === 'HEAD' };
}

const refusal =
  'Plain HTTP to AWS is refused: use https:// endpoints, with this gateway as the HTTPS proxy (HTTPS_PROXY).';
const notFound = `There is no such page. http://${magicHost}/ says what there is.`;

// The path without its query; undefined when the request is for another host. In origin form it was sent to our port itself.
function ownPathOf(target: string): string | undefined {
  const [, path] = absoluteForm.exec(target) ?? originForm.exec(target) ?? [];
  return path === '' ? '/' : path;
}

const absoluteForm = new RegExp(`^http://${magicHost}(?::80)?(|/[^?]*)(?:[?].*)?$`, 'i');
const originForm = /^(\/[^?]*)(?:[?].*)?$/;

const certificateType = 'application/x-x509-ca-cert';

const pages: Readonly<Record<string, ((root: PublishedRoot) => HttpResponse) | undefined>> = {
  '/': (root) => ({ status: 200, contentType: 'text/html; charset=utf-8', body: rootPage(root) }),
  '/cert/pem': (root) => ({
    status: 200,
    contentType: certificateType,
    headers: { 'Content-Disposition': 'inline; filename="cloud-gateway-csg-root.pem"' },
    body: root.certificatePem,
  }),
  '/cert/der': (root) => ({
    status: 200,
    contentType: certificateType,
    headers: { 'Content-Disposition': 'inline; filename="cloud-gateway-csg-root.cer"' },
    body: root.certificateDer,
  }),
};
