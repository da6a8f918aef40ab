// The life of a measured process: told where the broker is, it starts; told to stop, or left alone by a benchmark that
// died, it ends. Signals are the benchmark's business: a Ctrl-C reaches both, and the benchmark stops us in order.
import { loadPeer } from '../peers/load-peer.ts';
import type { Peer } from '../peers/peer.ts';
import type { FromPeer, ToPeer } from './peer-message.ts';

export function servePeer(name: string): void {
  let peer: Peer | undefined;
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit());
  process.on('message', (message: ToPeer) => {
    void (message.kind === 'start' ? start(message.amqpUrl) : stop());
  });

  async function start(amqpUrl: string): Promise<void> {
    try {
      const startPeer = await loadPeer(name);
      peer = await startPeer({ amqpUrl });
      tell({ kind: 'started', url: peer.url });
    } catch (err) {
      tell({ kind: 'failed', message: err instanceof Error ? (err.stack ?? err.message) : String(err) });
    }
  }

  async function stop(): Promise<void> {
    await peer?.stop().catch((err: unknown) => process.stderr.write(`${name}: ${String(err)}\n`));
    process.exit();
  }
}

function tell(message: FromPeer): void {
  process.send?.(message);
}
