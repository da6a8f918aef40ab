// What was asked of the cloud, for a test to look at afterwards.

export interface CallRecord {
  /** ISO time of the world. */
  readonly at: string;
  /** The signing name. */
  readonly service: string;
  readonly action: string;
  /** The Host header. */
  readonly host: string;
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** How the body was signed; see PayloadMode of @cloud-gateway/sigv4. Empty when the signature could not be read. */
  readonly payload: string;
  /** Empty when it could not be told who called. */
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly region: string;
  /** 0 when the connection was reset instead of answered. */
  readonly status: number;
  readonly errorCode: string | undefined;
  readonly clientToken: string | undefined;
  readonly requestId: string;
  /** Parameters that the simulator does not know, and passed over. */
  readonly ignoredParameters: readonly string[];
}

export interface CallLog {
  add(call: CallRecord): void;
  /** How many calls there were so far. */
  readonly total: number;
  /** `counts` is by `service:Action` and complete; `calls` are the latest ones, oldest first. */
  read(): {
    readonly total: number;
    readonly counts: Record<string, number>;
    readonly calls: readonly CallRecord[];
  };
}

const callsKept = 10_000;

export function createCallLog(): CallLog {
  const calls: CallRecord[] = [];
  const counts = new Map<string, number>();
  let total = 0;
  return {
    get total() {
      return total;
    },

    add(call) {
      total++;
      const name = `${call.service}:${call.action}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      calls.push(call);
      if (calls.length > callsKept) calls.shift();
    },
    read: () => ({ total, counts: Object.fromEntries(counts), calls: [...calls] }),
  };
}
