import { startBare } from './bare/start-bare.ts';
import { startCsg } from './csg/start-csg.ts';
import { startMitmproxy } from './mitmproxy/start-mitmproxy.ts';
import type { StartPeer } from './peer.ts';
import { startDirect } from './start-direct.ts';
import { startNginx } from './start-nginx.ts';
import { packagePeer } from './start-package-peer.ts';
import { startSquid } from './start-squid.ts';

/** In the order in which they take turns. */
export const peers = {
  direct: { title: 'direct, no proxy', start: startDirect },
  csg: { title: 'ours', start: startCsg },
  bare: { title: 'bare https.Agent', start: startBare },
  'http-mitm-proxy': {
    title: 'http-mitm-proxy',
    start: packagePeer('http-mitm-proxy', { name: 'http-mitm-proxy', version: '1.1.0' }),
  },
  mockttp: { title: 'mockttp', start: packagePeer('mockttp', { name: 'mockttp', version: '4.3.1' }) },
  nginx: { title: 'nginx, fixed origin', start: startNginx },
  squid: { title: 'squid ssl_bump', start: startSquid },
  mitmproxy: { title: 'mitmproxy + signer', start: startMitmproxy },
} as const satisfies Record<string, { readonly title: string; readonly start: StartPeer }>;

export type PeerName = keyof typeof peers;

export const peerNames = Object.keys(peers) as PeerName[];
