// The main job, told and done step by step over the public doors: HTTP for the calls, AMQP for the events, the proxy for
// AWS itself. Every step is what a client would do; nothing here reaches inside the gateway.
import { attachVolume } from './steps/attach-volume.ts';
import { authenticate } from './steps/authenticate.ts';
import { changeSafely } from './steps/change-safely.ts';
import { destroyVolume } from './steps/destroy-volume.ts';
import { launchInstance } from './steps/launch-instance.ts';
import { listImages } from './steps/list-images.ts';
import { openAccess } from './steps/open-access.ts';
import { proveAccount } from './steps/prove-account.ts';
import { readHistory } from './steps/read-history.ts';
import { showCapabilities } from './steps/show-capabilities.ts';
import { showMessages } from './steps/show-messages.ts';
import { stopAndTerminate } from './steps/stop-and-terminate.ts';
import { syncChanges } from './steps/sync-changes.ts';
import { useProxy } from './steps/use-proxy.ts';
import type { TourDeps } from './tour-deps.ts';

export interface TourResult {
  readonly token: string;
  readonly account: string;
  readonly imageId: string;
}

export async function tour(deps: TourDeps): Promise<TourResult> {
  const { token, api } = await authenticate(deps);
  await showCapabilities({ ...deps, api });
  const account = await proveAccount({ ...deps, api });
  const imageId = await listImages({ ...deps, api, account });
  const events = await deps.watchEvents(account);
  try {
    const instance = await launchInstance({ ...deps, api, account, imageId, events });
    showMessages(deps);
    const attached = await attachVolume({ ...deps, api, account, instance });
    await changeSafely({ ...deps, api, account, volumeId: attached.volumeId });
    await destroyVolume({ ...deps, api, account, attached });
    await stopAndTerminate({ ...deps, api, account, instance, events });
    await readHistory({ ...deps, api, account, instance });
    await syncChanges({ ...deps, api, account, since: instance.sequence - 1 });
    const access = await openAccess({ ...deps, api });
    await useProxy({ ...deps, api, access });
    return { token, account, imageId };
  } finally {
    await events.stop();
  }
}
