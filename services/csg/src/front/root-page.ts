import type { Root } from '../certificates/root.ts';

/** What a person sees at http://csg/. Nothing in it comes from the request. */
export function rootPage({ fingerprint256 }: Pick<Root, 'fingerprint256'>): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Cloud Service Gateway</title>
<h1>Cloud Service Gateway</h1>
<p>This is the HTTPS proxy through which approved AWS services are used.</p>
<p>Its root certificate, for the trust store of your SDK (<code>AWS_CA_BUNDLE</code>, <code>NODE_EXTRA_CA_CERTS</code>):</p>
<ul>
<li><a href="/cert/pem">/cert/pem</a>: PEM, for the AWS CLI and the SDKs</li>
<li><a href="/cert/der">/cert/der</a>: DER, for Windows and Java</li>
</ul>
<p>Compare its SHA-256 fingerprint with the one that your administrator gives you; this page came without TLS:</p>
<pre>${fingerprint256}</pre>
</html>
`;
}
