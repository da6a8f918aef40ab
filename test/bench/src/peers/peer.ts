/** One half of a measured system, running in a process of its own. */
export interface Peer {
  /** Of an edge: where it takes requests. */
  readonly url?: string;
  stop(): Promise<void>;
}

export type StartPeer = (context: { readonly amqpUrl: string }) => Promise<Peer>;
