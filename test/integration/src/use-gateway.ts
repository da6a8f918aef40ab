import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import type { Door } from './door.ts';
import { type Gateway, startGateway } from './start-gateway.ts';

/** Starts a gateway for the tests of this `describe`, and stops it after them. Returns how to get at it. */
export function useGateway(settings: Readonly<Record<string, string>> = {}): () => Gateway {
  let gateway: Gateway | undefined;
  before(async function () {
    this.timeout(serverStartTimeoutMs);
    gateway = await startGateway(settings);
  });
  after(async function () {
    this.timeout(serverStartTimeoutMs);
    await gateway?.stop();
  });
  return () => {
    if (!gateway) throw new Error('The gateway is there from `before` on');
    return gateway;
  };
}

/** Opens a door for the tests of this `describe`; it is closed with the gateway. */
export function useDoor<D extends Door>(
  open: (gateway: Gateway) => Promise<D>,
  gateway: () => Gateway,
): () => D {
  let opened: D | undefined;
  before(async () => {
    const door = await open(gateway());
    gateway().closeFirst(door.name, () => door.close());
    opened = door;
  });
  return () => {
    if (!opened) throw new Error('The door is open from `before` on');
    return opened;
  };
}
