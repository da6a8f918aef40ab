// A caller says where the answer goes, so he must not be able to name a queue that is not his own: only a direct
// reply-to, a server-named queue, or a queue under his own client's prefix. Who has no good token is the client that the
// broker knows him as, if the message says so (user-id): so his refusal reaches him.
import { topology } from '@cloud-gateway/contracts';

export function isAllowedReplyAddress(address: string, clientId: string | undefined): boolean {
  return (
    address.startsWith('amq.rabbitmq.reply-to.') ||
    address.startsWith('amq.gen-') ||
    (clientId !== undefined && address.startsWith(topology.clientReplyPrefix(clientId)))
  );
}
