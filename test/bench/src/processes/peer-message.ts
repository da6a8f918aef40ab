// What the benchmark and the processes that it measures tell each other.
import type { Peer } from '../peers/peer.ts';

export type ToPeer = { readonly kind: 'start'; readonly amqpUrl: string } | { readonly kind: 'stop' };

export type FromPeer =
  | { readonly kind: 'started'; readonly url: Peer['url'] }
  | { readonly kind: 'failed'; readonly message: string };
