import type { WireAnswer } from './take-answer.ts';
import type { TunnelClient } from './tunnel-client.ts';

export interface Caller {
  ask(request: Buffer): Promise<WireAnswer>;
  close(): void;
}

/** One call after the other as an SDK makes them: over one connection, and a new one when an answer says that it ends. */
export function createCaller(connect: () => Promise<TunnelClient>): Caller {
  let client: TunnelClient | undefined;
  return {
    async ask(request) {
      client ??= await connect();
      const answer = await client.send(request).answer();
      if (answer.headers['connection'] === 'close') {
        client.close();
        client = undefined;
      }
      return answer;
    },
    close: () => client?.close(),
  };
}
