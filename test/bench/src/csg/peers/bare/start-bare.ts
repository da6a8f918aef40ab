import { startChild } from '../../../children/start-child.ts';
import { transferKinds } from '../../calls/transfer.ts';
import type { StartPeer } from '../peer.ts';
import type { bareProgram } from './bare-program.ts';

export const startBare: StartPeer = async ({ cores, profileDirectory, authority, cloudPort }) => {
  const child = startChild<typeof bareProgram>({ program: 'bare', core: cores.proxy, profileDirectory });
  const { port } = await child.call('start', { ...authority.leaf, authority: authority.pem, cloudPort });
  return {
    target: { port, connectPort: 443, authority: authority.pem },
    pid: child.pid,
    signs: false,
    transfers: transferKinds,
    stop: child.stop,
  };
};
