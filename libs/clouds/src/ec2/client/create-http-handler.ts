// The connections to AWS, shared by all clients of a cloud: straight, or through an HTTP proxy. A file that cannot be read
// is told at once; the SDK's handler is loaded with the first request.
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Ec2CloudOptions } from '../ec2-cloud-options.ts';
import { createProxyAgents } from './proxy-agents.ts';

// AWS closes a connection after some 20 s without a request; ours is closed before, so that a request does not meet
// a connection that is just being closed.
const idleConnectionMs = 10_000;

export type HttpHandlerOptions = Pick<Ec2CloudOptions, 'caFile' | 'extraCa' | 'proxy' | 'timeouts'>;

export type HttpHandler = Pick<NodeHttpHandler, 'handle' | 'destroy'>;

export function createHttpHandler({ caFile, extraCa, proxy, timeouts }: HttpHandlerOptions): HttpHandler {
  const plain = { keepAlive: true, maxSockets: 100, timeout: idleConnectionMs };
  const secure = { ...plain, ...trusted({ caFile, extraCa }) };
  const agents =
    proxy === undefined
      ? { httpAgent: new HttpAgent(plain), httpsAgent: new HttpsAgent(secure) }
      : createProxyAgents(proxy, { plain, secure });
  let handler: NodeHttpHandler | undefined;
  return {
    async handle(request, options) {
      const { NodeHttpHandler } = await import('../sdk/node-http-handler.ts');
      handler ??= new NodeHttpHandler({
        connectionTimeout: timeouts.connectMs,
        requestTimeout: timeouts.callMs,
        throwOnRequestTimeout: true,
        ...agents,
      });
      return handler.handle(request, options);
    },
    destroy() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

// Undefined lets Node take its own list, which heeds NODE_EXTRA_CA_CERTS; a list replaces it.
function trusted({ caFile, extraCa }: Pick<Ec2CloudOptions, 'caFile' | 'extraCa'>): { ca?: string[] } {
  if (caFile === undefined && extraCa === undefined) return {};
  const others = caFile === undefined ? rootCertificates : [readFileSync(caFile, 'utf8')];
  return { ca: extraCa === undefined ? [...others] : [...others, extraCa] };
}
