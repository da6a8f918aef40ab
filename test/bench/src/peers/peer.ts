/** One half of a measured system, running in a process of its own. It is never stopped in order: the process ends. */
export interface Peer {
  /** Of an edge: where it takes requests. */
  readonly url?: string;
}

export interface PeerPlace {
  readonly amqpUrl: string;
  /** For those that have a store. */
  readonly databaseUrl?: string | undefined;
}

export type StartPeer = (place: PeerPlace) => Promise<Peer>;
