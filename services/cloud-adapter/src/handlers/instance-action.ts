// Forwards start, stop, reboot, terminate, suspend and resume to the cloud.
//
// All but reboot name the state to reach and are safe to run twice. Of a reboot nothing at the cloud shows whether it has
// happened; so only the first attempt sends it, and a later one says that nobody knows.
import { GatewayError, type InstanceAction, instanceActionRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler } from '@cloud-gateway/messaging';
import { refuseFinalState } from '../refuse-final-state.ts';
import { type ResourceWriteDeps, writeToResource } from '../write-to-resource.ts';

export function instanceAction(deps: ResourceWriteDeps, action: InstanceAction): Handler {
  return handler(instanceActionRoute(action), async (request) => {
    const { params, query, attempt } = request;
    if (action === 'reboot' && attempt > 1 && !query.dryRun) throw perhapsRebooted(params.id);
    const answer = await writeToResource(deps, request, {
      type: 'instance',
      call: action,
      isLeaving: action === 'terminate',
      refuse: (known) => refuseFinalState(action, known),
      send: (session, target, options) => session.act(action, target, options),
    });
    // What was just written down is an instance.
    return answer as HandlerAnswer<ReturnType<typeof instanceActionRoute>>;
  });
}

function perhapsRebooted(id: string): GatewayError {
  return new GatewayError('outcome-unknown', {
    message: `An earlier attempt of this request may have rebooted ${id}. To reboot it now, send a new request with another Idempotency-Key.`,
  });
}
