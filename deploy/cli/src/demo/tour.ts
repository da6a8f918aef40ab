// The main job, told and done step by step over the public doors: HTTP for the calls, AMQP for the events and once for a
// call, the proxy for AWS itself. Every step is what a client would do; only the trace is an operator's.
import { attachVolume } from './steps/attach-volume.ts';
import { authenticate } from './steps/authenticate.ts';
import { changeSafely } from './steps/change-safely.ts';
import { destroyVolume } from './steps/destroy-volume.ts';
import { launchInstance } from './steps/launch-instance.ts';
import { listImages } from './steps/list-images.ts';
import { openAccess } from './steps/open-access.ts';
import { proveAccount } from './steps/prove-account.ts';
import { readHistory } from './steps/read-history.ts';
import { readOverAmqp } from './steps/read-over-amqp.ts';
import { showCapabilities } from './steps/show-capabilities.ts';
import { showMessages } from './steps/show-messages.ts';
import { stopAndTerminate } from './steps/stop-and-terminate.ts';
import { subscribe } from './steps/subscribe.ts';
import { syncChanges } from './steps/sync-changes.ts';
import { traceLaunch } from './steps/trace-launch.ts';
import { useProxy } from './steps/use-proxy.ts';
import type { TourDeps } from './tour-deps.ts';

export interface TourResult {
  readonly token: string;
  readonly account: string;
  readonly imageId: string;
}

export async function tour(deps: TourDeps): Promise<TourResult> {
  const { token, api } = await authenticate(deps);
  try {
    const { account, imageId } = await tourOfResources({ ...deps, api });
    const access = await openAccess({ ...deps, api });
    await useProxy({ ...deps, api, access });
    return { token, account, imageId };
  } finally {
    await api.close();
  }
}

async function tourOfResources(deps: TourDeps): Promise<Omit<TourResult, 'token'>> {
  await showCapabilities(deps);
  const account = await proveAccount(deps);
  const imageId = await listImages({ ...deps, account });
  const events = await subscribe({ ...deps, account });
  try {
    const { instance, requestId } = await launchInstance({ ...deps, account, imageId, events });
    showMessages(deps);
    await traceLaunch({ ...deps, requestId });
    await readOverAmqp({ ...deps, account, instance });
    const attached = await attachVolume({ ...deps, account, instance });
    await changeSafely({ ...deps, account, volumeId: attached.volumeId });
    await destroyVolume({ ...deps, account, attached });
    await stopAndTerminate({ ...deps, account, instance, events });
    await readHistory({ ...deps, account, instance });
    await syncChanges({ ...deps, account, since: instance.sequence - 1 });
    return { account, imageId };
  } finally {
    await events.stop();
  }
}
