// The main job, told and done step by step over the public doors: HTTP for the calls, AMQP for the events, the proxy for
// AWS itself. Every step is what a client would do; nothing here reaches inside the gateway.
import { authenticate } from './steps/authenticate.ts';
import { launchInstance } from './steps/launch-instance.ts';
import { listImages } from './steps/list-images.ts';
import { openAccess } from './steps/open-access.ts';
import { proveAccount } from './steps/prove-account.ts';
import { readHistory } from './steps/read-history.ts';
import { showMessages } from './steps/show-messages.ts';
import { stopAndTerminate } from './steps/stop-and-terminate.ts';
import { useProxy } from './steps/use-proxy.ts';
import type { TourDeps } from './tour-deps.ts';

export interface TourResult {
  readonly token: string;
  readonly account: string;
  readonly imageId: string;
}

export async function tour(deps: TourDeps): Promise<TourResult> {
  const { token, api } = await authenticate(deps);
  const account = await proveAccount({ ...deps, api });
  const imageId = await listImages({ ...deps, api, account });
  const events = await deps.watchEvents(account);
  try {
    const instance = await launchInstance({ ...deps, api, account, imageId, events });
    showMessages(deps);
    await stopAndTerminate({ ...deps, api, account, instance, events });
    await readHistory({ ...deps, api, account, instance });
    const access = await openAccess({ ...deps, api });
    await useProxy({ ...deps, api, access });
    return { token, account, imageId };
  } finally {
    await events.stop();
  }
}
