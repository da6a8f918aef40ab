import { allResourceTypes, instanceActions } from '@cloud-gateway/contracts';
import type { Handler } from '@cloud-gateway/messaging';
import type { HandlerDeps } from './handler-deps.ts';
import { instanceAction } from './instance-action.ts';
import { instanceLaunch } from './instance-launch.ts';
import { resourceHistory } from './resource-history.ts';
import { resourceList } from './resource-list.ts';
import { resourceShow } from './resource-show.ts';

/** Every route below `/v1/clouds/<cloud>`. */
export function cloudHandlers(deps: HandlerDeps): readonly Handler[] {
  return [
    ...allResourceTypes.flatMap((type) => [
      resourceList(deps, type),
      resourceShow(deps, type),
      resourceHistory(deps, type),
    ]),
    instanceLaunch(deps),
    ...instanceActions.map((action) => instanceAction(deps, action)),
  ];
}
