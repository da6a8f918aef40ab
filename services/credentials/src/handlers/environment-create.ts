import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { environmentCreateRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { Environment, Repositories } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { toEnvironmentBody } from '../environment-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock'>;
type Request = HandlerRequest<typeof environmentCreateRoute>;

/** Safe to run twice: a second run finds in the audit log which environment the first one made. */
export function environmentCreate(deps: Deps): Handler {
  return handler(environmentCreateRoute, async (request) => {
    const environment = await deps.store.inTransaction(
      async (tx) => (await findEarlier(tx, deps, request)) ?? (await create(tx, deps, request)),
    );
    return { body: toEnvironmentBody(environment) };
  });
}

async function findEarlier(
  tx: Repositories,
  { clock }: Deps,
  request: Request,
): Promise<Environment | undefined> {
  const earlierId = await findEarlierEffect({ audit: tx.audit, clock }, request, 'environment.created');
  return earlierId === undefined ? undefined : tx.environments.find(earlierId);
}

async function create(tx: Repositories, { clock }: Deps, request: Request): Promise<Environment> {
  const { name, connectionPolicy } = request.body;
  const environment = {
    id: mintId('env', clock),
    organizationId: request.caller.organizationId,
    name,
    connectionPolicy,
    createdAt: new Date(clock.nowMs()),
  };
  if ((await tx.environments.create(environment)) === 'name-taken') {
    throw new GatewayError('conflict', {
      message: `There is an environment named ${name} already; names differ by more than their case.`,
    });
  }
  const act = {
    action: 'environment.created',
    subjectId: environment.id,
    details: { name, connectionPolicy },
  } as const;
  await tx.audit.append(auditEntry(clock, request, act));
  return { ...environment, credentialIds: [] };
}
