// Forwards start, stop, reboot and terminate to the cloud.
//
// Start, stop and terminate are safe to run twice: each names the state to reach. Reboot is not, and nothing at the cloud
// shows whether it has happened; so only the first attempt sends it, and a later one says that nobody knows.
//
// If we die: before the cloud is asked, nothing has happened. After it, the redelivered message repeats the first three
// without harm; the poller sees the new state in any case.

import type { CloudSession } from '@cloud-gateway/clouds';
import {
  GatewayError,
  type Instance,
  type InstanceAction,
  type InstanceBody,
  instanceActionRoute,
} from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findPresentResource } from '../find-resource.ts';
import { recordInstance } from '../record-instance.ts';
import { refuseFinalState } from '../refuse-final-state.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'access' | 'sessions'>;

export function instanceAction({ store, access, sessions }: Deps, action: InstanceAction): Handler {
  return handler(instanceActionRoute(action), async (request) => {
    const { params, query, requestId, log, signal } = request;
    const { cloud, grant } = await access.check(request.caller, params);
    if (action === 'reboot' && request.attempt > 1) throw perhapsRebooted(params.id);
    const instance = await findPresentResource(store, { ...params, ...query, type: 'instance' });
    refuseFinalState(action, instance);
    const { region, cloudId } = instance;
    const body = await sessions.withSession({ cloud, grant, region }, (session) =>
      actions[action](session, cloudId, signal),
    );
    const scope = { cloud: params.cloud, account: params.account, region };
    const document = await recordInstance(store, { scope, requestId, body, log });
    // What was just written down is an instance.
    return { body: document as unknown as Instance };
  });
}

type Act = (session: CloudSession, cloudId: string, signal: AbortSignal) => Promise<InstanceBody>;

const actions: Readonly<Record<InstanceAction, Act>> = {
  start: (session, cloudId, signal) => session.startInstance(cloudId, signal),
  stop: (session, cloudId, signal) => session.stopInstance(cloudId, signal),
  reboot: (session, cloudId, signal) => session.rebootInstance(cloudId, signal),
  terminate: (session, cloudId, signal) => session.terminateInstance(cloudId, signal),
};

function perhapsRebooted(id: string): GatewayError {
  return new GatewayError('outcome-unknown', {
    message: `An earlier attempt of this request may have rebooted ${id}. To reboot it now, send a new request with another Idempotency-Key.`,
  });
}
