// The short words in which the tests speak of a session.
import type { CloudSession, CreateOptions, DestroyOptions, SpecOf, Target } from '@cloud-gateway/clouds';
import {
  type BodyOf,
  type CreatableType,
  type DestroyableType,
  type InstanceAction,
  isGatewayError,
  type ResourceBody,
  type ResourceType,
} from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import type { CloudUnderTest, TestAccount } from './cloud-under-test.ts';

/** Long enough for everything that is not about deadlines. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(20_000);
}

export function open(
  { cloud, region, account }: CloudUnderTest,
  { credentials, cloudAccountId }: TestAccount = account,
): CloudSession {
  return cloud.open(credentials, { region, cloudAccountId, purpose: 'request' });
}

export interface Listed {
  readonly bodies: readonly ResourceBody[];
  readonly missingZones: readonly string[];
}

export async function listing(session: CloudSession, pollGroup: string): Promise<Listed> {
  const bodies: ResourceBody[] = [];
  const missingZones = new Set<string>();
  for await (const page of session.list(pollGroup, patience())) {
    bodies.push(...page.items);
    for (const zone of page.missingZones ?? []) missingZones.add(zone);
  }
  return { bodies, missingZones: [...missingZones].sort() };
}

export async function listed(session: CloudSession, pollGroup: string): Promise<readonly ResourceBody[]> {
  return (await listing(session, pollGroup)).bodies;
}

/** The poll group in which an account's own resources of the type are. */
export function groupOf({ cloud }: CloudUnderTest, type: ResourceType): string {
  const group = cloud.pollGroups.find(({ types, scope }) => scope === 'account' && types.includes(type));
  if (group === undefined) throw new Error(`no poll group lists the type ${type}`);
  return group.name;
}

/** What the account's listing says of one; undefined: it is not in it. */
export async function inListing(
  examined: CloudUnderTest,
  { type, cloudId }: Pick<ResourceBody, 'type' | 'cloudId'>,
  session = open(examined),
): Promise<ResourceBody | undefined> {
  const bodies = await listed(session, groupOf(examined, type));
  return bodies.find((body) => body.type === type && body.cloudId === cloudId);
}

export async function shown(
  session: CloudSession,
  { type, cloudId }: Pick<ResourceBody, 'type' | 'cloudId'>,
): Promise<ResourceBody | undefined> {
  const seen = await session.look(type, [cloudId], patience());
  return seen.find((body) => body.type === type && body.cloudId === cloudId);
}

export function targetOf(known: ResourceBody): Target {
  return { cloudId: known.cloudId, known };
}

export function writing(changes: Partial<DestroyOptions> = {}): DestroyOptions {
  return { signal: patience(), dryRun: false, mayHaveBeenSent: false, force: false, ...changes };
}

/** The options of a create; the same name is the same wish. */
export function wish(name: string, changes: Partial<CreateOptions> = {}): CreateOptions {
  return {
    signal: patience(),
    dryRun: false,
    mayHaveBeenSent: false,
    sentAgoMs: null,
    idempotencyToken: name,
    requestId: name,
    ...changes,
  };
}

export async function created<T extends CreatableType>(
  session: CloudSession,
  type: T,
  spec: SpecOf<T>,
  options: CreateOptions,
): Promise<BodyOf<T>> {
  const { resource } = await session.create(type, spec, options);
  if (resource === null) throw new Error(`making one of the type ${type} gave none`);
  return resource as BodyOf<T>;
}

export async function acted(
  session: CloudSession,
  action: InstanceAction,
  known: ResourceBody,
): Promise<ResourceBody> {
  const { resource } = await session.act(action, targetOf(known), writing());
  if (resource === null) throw new Error(`after ${action} the instance is gone`);
  return resource;
}

export async function destroyed(session: CloudSession, known: ResourceBody): Promise<void> {
  await session.destroy(known.type as DestroyableType, targetOf(known), writing());
}

/** Waits until the cloud shows it in that state, and nothing in transition. */
export async function reached(
  session: CloudSession,
  known: ResourceBody,
  state: string,
): Promise<ResourceBody> {
  return eventually(
    async () => {
      const body = await shown(session, known);
      return body?.state === state ? body : undefined;
    },
    { message: `${known.cloudId} did not become ${state}` },
  );
}

/** Waits until it is out of its transition. */
export async function settled<B extends ResourceBody>(
  { cloud }: CloudUnderTest,
  session: CloudSession,
  known: B,
): Promise<B> {
  return eventually(
    async () => {
      const body = await shown(session, known);
      return body !== undefined && !cloud.isTransitional(body) ? (body as B) : undefined;
    },
    { message: `${known.cloudId} stays as it is` },
  );
}

const overStates: ReadonlySet<string> = new Set(['terminated', 'deleted', 'detached']);

/** Tells whether the body says of itself that it is gone. */
export function isOver({ state }: ResourceBody): boolean {
  return overStates.has(state);
}

/** Waits until neither a look nor the listing has it, or both say that it is over. */
export async function gone(
  examined: CloudUnderTest,
  session: CloudSession,
  known: ResourceBody,
): Promise<void> {
  await eventually(
    async () => {
      const seen = [await shown(session, known), await inListing(examined, known, session)];
      return seen.every((body) => body === undefined || isOver(body));
    },
    { message: `${known.cloudId} does not go` },
  );
}

/** The error's code, or what it was if it is none of ours. Undefined: there was none. */
export async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => {
      if (isGatewayError(error)) return error.code;
      throw error;
    },
  );
}
