// Forwards a create to the cloud. Safe to run twice, and safe to be cut off anywhere: see write-intent.ts.
import type { Cloud, SpecOf } from '@cloud-gateway/clouds';
import {
  type CreatableType,
  type CreateOf,
  GatewayError,
  resourceCreateRoute,
} from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { ResourceDocument } from '@cloud-gateway/store';
import type { OpenAccount } from '../account-access.ts';
import { type AnswerDeps, answerWrite, dryRunAnswer, type WriteAnswer } from '../answer-write.ts';
import { findResource } from '../find-resource.ts';
import { recordChange, recordedIdOf } from '../record-change.ts';
import { idempotencyTokenOf } from '../request-tag.ts';
import { withIntent } from '../write-intent.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = AnswerDeps & Pick<HandlerDeps, 'access'>;
type Request<T extends CreatableType> = HandlerRequest<ReturnType<typeof resourceCreateRoute<T>>>;

export function resourceCreate<T extends CreatableType>(deps: Deps, type: T): Handler {
  return handler(resourceCreateRoute(type), async (request) => {
    const account = await deps.access.check(request, request.params);
    // The body was parsed by this type's own schema; generic types lose that.
    const { region, ...spec } = request.body as CreateOf<T> & { readonly region: string };
    refuseRegion(account.cloud, region);
    const wanted = { account, region, spec: spec as SpecOf<T> };
    const answer = request.query.dryRun
      ? await tryOut(deps, request, type, wanted)
      : await create(deps, request, type, wanted);
    return answer as HandlerAnswer<ReturnType<typeof resourceCreateRoute<T>>>;
  });
}

interface Wanted<T extends CreatableType> {
  readonly account: OpenAccount;
  readonly region: string;
  readonly spec: SpecOf<T>;
}

/** Nothing is made, so nothing is stored either. */
async function tryOut<T extends CreatableType>(
  { sessions }: Deps,
  request: Request<T>,
  type: T,
  { account, region, spec }: Wanted<T>,
): Promise<WriteAnswer> {
  const options = {
    idempotencyToken: idempotencyTokenOf(wishOf(request)),
    requestId: request.requestId,
    sentAgoMs: null,
    mayHaveBeenSent: false,
    dryRun: true,
    signal: request.signal,
  };
  await sessions.withSession(account, region, (session) => session.create(type, spec, options));
  return dryRunAnswer;
}

async function create<T extends CreatableType>(
  deps: Deps,
  request: Request<T>,
  type: T,
  { account, region, spec }: Wanted<T>,
): Promise<WriteAnswer> {
  const { attempt, deadlineAtMs, log, requestId, signal } = request;
  const wish = wishOf(request);
  const intended = await withIntent(
    deps,
    { account, region, type, spec, wish, attempt, deadlineAtMs, log },
    {
      isAnsweredByStore: !bringsPrivateKey(type, spec),
      send: ({ requestId: tag, sentAgoMs, beforeSend }) =>
        deps.sessions.withSession(account, region, (session) =>
          session.create(type, spec, {
            idempotencyToken: idempotencyTokenOf(wish),
            requestId: tag,
            sentAgoMs,
            beforeSend,
            mayHaveBeenSent: sentAgoMs !== null,
            dryRun: false,
            signal,
          }),
        ),
      record: (tx, change) => recordChange(tx, { account, region, requestId, change }),
    },
  );
  if ('found' in intended) {
    return answerWrite(deps, { account, document: intended.found, status: 201, request });
  }
  const { resource, privateKey } = intended.made;
  if (resource === null) throw new Error(`the cloud gave no ${type} for a create that succeeded`);
  const document = await findMade(deps, { account, region, resource });
  return answerWrite(deps, { account, document, status: 201, privateKey, request });
}

function findMade(
  { store }: Deps,
  made: Parameters<typeof recordedIdOf>[0] & { readonly resource: Parameters<typeof recordedIdOf>[1] },
): Promise<ResourceDocument> {
  const { account, region, resource } = made;
  return findResource(store, {
    ...account.place,
    region,
    type: resource.type,
    id: recordedIdOf(made, resource),
  });
}

function wishOf({ caller, idempotencyKey }: Pick<Request<CreatableType>, 'caller' | 'idempotencyKey'>) {
  return { clientId: caller.clientId, idempotencyKey };
}

/** The private half of a pair that the cloud makes is told once: an answer that got lost cannot be read again. */
function bringsPrivateKey(type: CreatableType, spec: object): boolean {
  return type === 'ssh-key' && !('publicKey' in spec && spec.publicKey !== undefined);
}

function refuseRegion({ regions }: Pick<Cloud, 'regions'>, region: string): void {
  if (regions.includes(region)) return;
  throw new GatewayError('validation-failed', {
    message: `body.region: ${region} is not served here`,
    issues: [{ path: 'body.region', message: `must be one of ${regions.join(', ')}` }],
  });
}
