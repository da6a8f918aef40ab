// A call that a cloud does not have is refused in the words of the contract. Each cloud has handlers of its own, so this
// one takes the place of the real one, and a call that there is costs no question.
import type { Cloud } from '@cloud-gateway/clouds';
import {
  GatewayError,
  type ResourceCall,
  type ResourceType,
  type Route,
  resourceTypes,
} from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';

/** Answers not-supported, and says which calls there are. */
export function refuseCall(
  route: Route,
  { cloud, type, call }: { readonly cloud: Cloud; readonly type: ResourceType; readonly call: ResourceCall },
): Handler {
  return handler(route, async () => {
    const calls = callsOf(cloud, type);
    const has = calls.length === 0 ? 'It has no such resources.' : `It has ${calls.join(', ')}.`;
    throw new GatewayError('not-supported', {
      message: `The cloud ${cloud.id} has no ${call} for ${resourceTypes[type].one}. ${has}`,
    });
  });
}

/** What the cloud can do with resources of this type. */
export function callsOf(cloud: Pick<Cloud, 'capabilities'>, type: ResourceType): readonly ResourceCall[] {
  return cloud.capabilities().resources.find((resource) => resource.type === type)?.calls ?? [];
}
