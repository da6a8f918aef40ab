import type { StartPeer } from './peer.ts';

export type PeerName = keyof typeof peers;

/** Loads the code of one peer only: the processes that are compared share nothing but this file. */
export async function loadPeer(name: string): Promise<StartPeer> {
  if (!Object.hasOwn(peers, name)) throw new Error(`there is no peer ${JSON.stringify(name)}`);
  return peers[name as PeerName]();
}

const peers = {
  'ours-edge': async () => (await import('./ours-edge.ts')).startOursEdge,
  'ours-service': async () => (await import('./ours-service.ts')).startOursService,
  'ours-adapter': async () => (await import('./ours-adapter.ts')).startOursAdapter,
  'bare-edge': async () => (await import('./bare-edge.ts')).startBareEdge,
  'bare-service': async () => (await import('./bare-service.ts')).startBareService,
  'nest-edge': async () => (await import('./nest-edge.ts')).startNestEdge,
  'nest-service': async () => (await import('./nest-service.ts')).startNestService,
} satisfies Record<string, () => Promise<StartPeer>>;
