import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { type ProxyWorld, type ProxyWorldOptions, startProxyWorld } from './proxy-world.ts';

/** Starts a world for the tests of this `describe`, and stops it after them. Returns how to get at it. */
export function useProxyWorld(options: ProxyWorldOptions = {}): () => ProxyWorld {
  let world: ProxyWorld | undefined;
  before(async function () {
    this.timeout(serverStartTimeoutMs);
    world = await startProxyWorld(options);
  });
  after(async function () {
    this.timeout(serverStartTimeoutMs);
    await world?.stop();
  });
  return () => {
    if (!world) throw new Error('The world is there from `before` on');
    return world;
  };
}
