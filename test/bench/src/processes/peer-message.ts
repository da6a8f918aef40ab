// What the benchmark and the processes that it measures tell each other.
import type { Peer, PeerPlace } from '../peers/peer.ts';

export type ToPeer = { readonly kind: 'start'; readonly place: PeerPlace } | { readonly kind: 'stop' };

export type FromPeer =
  | { readonly kind: 'started'; readonly url: Peer['url'] }
  | { readonly kind: 'failed'; readonly message: string };
