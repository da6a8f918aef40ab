import type { Cloud } from '@cloud-gateway/clouds';
import {
  allResourceTypes,
  creatableTypes,
  destroyableTypes,
  instanceActionRoute,
  instanceActions,
  type ResourceCall,
  type ResourceType,
  type Route,
  resourceCreateRoute,
  resourceDestroyRoute,
  resourceHistoryRoute,
  resourceListRoute,
  resourceRefreshRoute,
  resourceShareRoute,
  resourceSharingRoute,
  resourceShowRoute,
  resourceUpdateRoute,
  shareableTypes,
  updatableTypes,
} from '@cloud-gateway/contracts';
import type { Handler } from '@cloud-gateway/messaging';
import { callsOf, refuseCall } from '../refuse-call.ts';
import { accountRefresh } from './account-refresh.ts';
import { cloudShow } from './cloud-show.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { instanceAction } from './instance-action.ts';
import { resourceCreate } from './resource-create.ts';
import { resourceDestroy } from './resource-destroy.ts';
import { resourceHistory } from './resource-history.ts';
import { resourceList } from './resource-list.ts';
import { resourceRefresh } from './resource-refresh.ts';
import { resourceShare } from './resource-share.ts';
import { resourceSharing } from './resource-sharing.ts';
import { resourceShow } from './resource-show.ts';
import { resourceUpdate } from './resource-update.ts';

/** Every route below `/v1/clouds/<cloud>`. A call that this cloud does not have is refused. */
export function cloudHandlers(deps: HandlerDeps, cloud: Cloud): readonly Handler[] {
  const orRefuse = (type: ResourceType, call: ResourceCall, route: Route, make: () => Handler) =>
    callsOf(cloud, type).includes(call) ? make() : refuseCall(route, { cloud, type, call });

  return [
    cloudShow(deps),
    accountRefresh(deps),
    ...allResourceTypes.flatMap((type) => [
      orRefuse(type, 'list', resourceListRoute(type), () => resourceList(deps, type)),
      orRefuse(type, 'show', resourceShowRoute(type), () => resourceShow(deps, type)),
      orRefuse(type, 'history', resourceHistoryRoute(type), () => resourceHistory(deps, type)),
      orRefuse(type, 'refresh', resourceRefreshRoute(type), () => resourceRefresh(deps, type)),
    ]),
    ...creatableTypes.map((type) =>
      orRefuse(type, 'create', resourceCreateRoute(type), () => resourceCreate(deps, type)),
    ),
    ...updatableTypes.map((type) =>
      orRefuse(type, 'update', resourceUpdateRoute(type), () => resourceUpdate(deps, type)),
    ),
    ...destroyableTypes.map((type) =>
      orRefuse(type, 'destroy', resourceDestroyRoute(type), () => resourceDestroy(deps, type)),
    ),
    ...shareableTypes.flatMap((type) => [
      orRefuse(type, 'sharing', resourceSharingRoute(type), () => resourceSharing(deps, type)),
      orRefuse(type, 'share', resourceShareRoute(type), () => resourceShare(deps, type)),
    ]),
    ...instanceActions.map((action) =>
      orRefuse('instance', action, instanceActionRoute(action), () => instanceAction(deps, action)),
    ),
  ];
}
