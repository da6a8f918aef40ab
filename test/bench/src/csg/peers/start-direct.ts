// No proxy at all: what the load and the cloud could do at most.
import { transferKinds } from '../calls/transfer.ts';
import type { StartPeer } from './peer.ts';

export const startDirect: StartPeer = async ({ cloudPort, authority }) => ({
  target: { port: cloudPort, connectPort: undefined, authority: authority.pem },
  pid: undefined,
  signs: false,
  transfers: transferKinds,
  stop: async () => undefined,
});
