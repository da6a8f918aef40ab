// How many connections are open, in total and by client address. Pure counting; the front opens and closes.

export interface ConnectionLimits {
  readonly connectionsMax: number;
  /** Of one address. SDKs that open a connection per request (the AWS SDK for JavaScript) need hundreds. */
  readonly connectionsPerClientMax: number;
}

export interface ConnectionCounts {
  /** Counts one more, to be closed later; false, and nothing counted, when that would be more than is allowed. */
  open(clientAddress: string): boolean;
  close(clientAddress: string): void;
  readonly total: number;
}

export function createConnectionCounts(limits: ConnectionLimits): ConnectionCounts {
  const byClient = new Map<string, number>();
  let total = 0;
  return {
    open: (clientAddress) => {
      const ofClient = byClient.get(clientAddress) ?? 0;
      if (total >= limits.connectionsMax || ofClient >= limits.connectionsPerClientMax) return false;
      byClient.set(clientAddress, ofClient + 1);
      total += 1;
      return true;
    },
    close: (clientAddress) => {
      const ofClient = (byClient.get(clientAddress) ?? 0) - 1;
      if (ofClient > 0) byClient.set(clientAddress, ofClient);
      else byClient.delete(clientAddress);
      total -= 1;
    },
    get total() {
      return total;
    },
  };
}
