// Forwards a launch to the cloud.
//
// Safe to run twice: the cloud's idempotency token is derived from the client and the idempotency key, so that every
// attempt of one wish gets the same instance; writing the instance down a second time is no change.
//
// If we die: before the cloud is asked, nothing has happened. After it, the redelivered message asks again with the same
// token and gets the same instance. If nobody repeats the message, the poller discovers the instance, with the tag that
// names the request.
import { GatewayError, type Instance, instanceLaunchRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import { recordInstance } from '../record-instance.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'access' | 'sessions'>;

export function instanceLaunch({ store, access, sessions }: Deps): Handler {
  return handler(instanceLaunchRoute, async (request) => {
    const { params, caller, requestId, log } = request;
    const { cloud, grant } = await access.check(caller, params);
    const { region, ...spec } = request.body;
    if (!cloud.regions.includes(region)) throw noSuchRegion(region, cloud.regions);
    const body = await sessions.withSession({ cloud, grant, region }, (session) =>
      session.launchInstance(spec, { ...wishOf(request), signal: request.signal }),
    );
    const scope = { ...params, region };
    const document = await recordInstance(store, { scope, requestId, body, log });
    // What was just written down is an instance.
    return { body: document as unknown as Instance, headers: { location: document.href } };
  });
}

/** Equal for every attempt and repetition: the id of the request is not, when a client repeats it with its key. */
function wishOf({ caller, idempotencyKey }: HandlerRequest<typeof instanceLaunchRoute>) {
  return { idempotencyToken: `${caller.clientId} ${idempotencyKey}`, requestId: idempotencyKey };
}

function noSuchRegion(region: string, known: readonly string[]): GatewayError {
  return new GatewayError('validation-failed', {
    message: `body.region: ${region} is not served here`,
    issues: [{ path: 'body.region', message: `must be one of ${known.join(', ')}` }],
  });
}
