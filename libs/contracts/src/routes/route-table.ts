// Every route by its name, with its exact types: what a typed client is made of.
import type { InstanceAction } from '../resources/instance.ts';
import type {
  CreatableType,
  DestroyableType,
  ResourceType,
  ShareableType,
  UpdatableType,
} from '../resources/resource-types.ts';
import { allRoutes, type listedRoutes } from './all-routes.ts';
import type { instanceActionRoute } from './resources/instance-action.ts';
import type { resourceCreateRoute } from './resources/resource-create.ts';
import type { resourceDestroyRoute } from './resources/resource-destroy.ts';
import type { resourceHistoryRoute } from './resources/resource-history.ts';
import type { resourceListRoute } from './resources/resource-list.ts';
import type { resourceRefreshRoute } from './resources/resource-refresh.ts';
import type { resourceShareRoute } from './resources/resource-share.ts';
import type { resourceSharingRoute } from './resources/resource-sharing.ts';
import type { resourceShowRoute } from './resources/resource-show.ts';
import type { resourceUpdateRoute } from './resources/resource-update.ts';

/** Those that there is one of for each type of resource. */
type ResourceRoutes = { [T in ResourceType as `${T}-list`]: ReturnType<typeof resourceListRoute<T>> } & {
  [T in ResourceType as `${T}-show`]: ReturnType<typeof resourceShowRoute<T>>;
} & { [T in ResourceType as `${T}-history`]: ReturnType<typeof resourceHistoryRoute<T>> } & {
  [T in ResourceType as `${T}-refresh`]: ReturnType<typeof resourceRefreshRoute<T>>;
} & { [T in CreatableType as `${T}-create`]: ReturnType<typeof resourceCreateRoute<T>> } & {
  [T in UpdatableType as `${T}-update`]: ReturnType<typeof resourceUpdateRoute<T>>;
} & { [T in DestroyableType as `${T}-destroy`]: ReturnType<typeof resourceDestroyRoute<T>> } & {
  [T in ShareableType as `${T}-sharing`]: ReturnType<typeof resourceSharingRoute<T>>;
} & { [T in ShareableType as `${T}-share`]: ReturnType<typeof resourceShareRoute<T>> } & {
  [A in InstanceAction as `instance-${A}`]: ReturnType<typeof instanceActionRoute<A>>;
};

type ListedRoute = (typeof listedRoutes)[number];

export type RouteTable = Readonly<
  Omit<{ [R in ListedRoute as R['name']]: R }, keyof ResourceRoutes> & ResourceRoutes
>;
export type RouteName = keyof RouteTable;

/** In the order of the documentation. */
export const routeTable = Object.fromEntries(allRoutes.map((route) => [route.name, route])) as RouteTable;
