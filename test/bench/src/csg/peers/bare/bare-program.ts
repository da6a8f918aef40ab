// The measure of all others: the forwarder that one writes in an afternoon. CONNECT, TLS with a certificate at hand, node:http
// on both sides with a keep-alive https.Agent, bodies by pipe. It checks nothing and signs nothing.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

export interface BareInput {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly authority: string;
  readonly cloudPort: number;
}

export const bareProgram = { start };

async function start({
  certificateFile,
  keyFile,
  authority,
  cloudPort,
}: BareInput): Promise<{ port: number }> {
  const secureContext = createSecureContext({
    cert: await readFile(certificateFile),
    key: await readFile(keyFile),
  });
  const agent = new Agent({ keepAlive: true, ca: authority });
  const inner = createServer((incoming, outgoing) => forward(incoming, outgoing, { agent, cloudPort }));
  inner.keepAliveTimeout = 65_000;

  const proxy = createServer();
  proxy.on('connect', (_request, client, head: Buffer) => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) client.unshift(head);
    const tls = new TLSSocket(client as ConstructorParameters<typeof TLSSocket>[0], {
      isServer: true,
      secureContext,
      ALPNProtocols: ['http/1.1'],
    });
    tls.on('error', () => client.destroy());
    client.on('error', () => tls.destroy());
    inner.emit('connection', tls);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return { port: (proxy.address() as AddressInfo).port };
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { agent, cloudPort }: { readonly agent: Agent; readonly cloudPort: number },
): void {
  const upstream = httpsRequest({
    agent,
    host: '127.0.0.1',
    port: cloudPort,
    servername: incoming.headers.host,
    method: incoming.method,
    path: incoming.url,
    headers: endToEnd(incoming.rawHeaders),
  });
  upstream.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders));
    answer.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  outgoing.on('close', () => {
    if (!outgoing.writableEnded) upstream.destroy();
  });
  incoming.pipe(upstream);
}

/** The header fields as they came, without those for the next hop only. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!hopByHop.has(name.toLowerCase())) kept.push(name, rawHeaders[at + 1] ?? '');
  }
  return kept;
}

const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'upgrade']);
