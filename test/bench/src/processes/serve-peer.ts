// The life of a measured process: told where the broker is, it starts; told to stop, or left alone by a benchmark that
// died, it ends. Signals are the benchmark's business: a Ctrl-C reaches both, and the benchmark stops us.
import { loadPeer } from '../peers/load-peer.ts';
import type { PeerPlace } from '../peers/peer.ts';
import type { FromPeer, ToPeer } from './peer-message.ts';

export function servePeer(name: string): void {
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit());
  process.on('message', (message: ToPeer) => {
    if (message.kind === 'stop') process.exit();
    void start(name, message.place).then((answer) => process.send?.(answer));
  });
}

async function start(name: string, place: PeerPlace): Promise<FromPeer> {
  try {
    const startPeer = await loadPeer(name);
    const { url } = await startPeer(place);
    return { kind: 'started', url };
  } catch (err) {
    return { kind: 'failed', message: err instanceof Error ? (err.stack ?? err.message) : String(err) };
  }
}
