import type { Handler } from '@cloud-gateway/messaging';
import { accountForget } from './account-forget.ts';
import { accountList } from './account-list.ts';
import { accountProve } from './account-prove.ts';
import { clientCreate } from './client-create.ts';
import { clientDisable } from './client-disable.ts';
import { clientList } from './client-list.ts';
import { credentialsCheck } from './credentials-check.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { organizationCreate } from './organization-create.ts';
import { organizationList } from './organization-list.ts';
import { tokenCreate } from './token-create.ts';
import { tokenRevoke } from './token-revoke.ts';
import { tokenShow } from './token-show.ts';

/** Every route that this service answers. */
export function allHandlers(deps: HandlerDeps): readonly Handler[] {
  return [
    tokenCreate(deps),
    tokenShow(deps),
    tokenRevoke(deps),
    organizationCreate(deps),
    organizationList(deps),
    clientCreate(deps),
    clientList(deps),
    clientDisable(deps),
    accountProve(deps),
    accountList(deps),
    accountForget(deps),
    credentialsCheck(deps),
  ];
}
