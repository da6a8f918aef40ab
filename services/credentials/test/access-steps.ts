// The steps of the access workflow that many tests have behind them before they begin.
import {
  type AccessRequestState,
  type AdministrativeEvent,
  accessRequestApproveRoute,
  accessRequestArchiveRoute,
  accessRequestCreateRoute,
  accessRequestDenyRoute,
  accessRequestRevokeRoute,
  accessRequestSecretRoute,
  administrativeEventSchema,
  allPermissions,
  cloudCredentialsCreateRoute,
  environmentCreateRoute,
  organizationCreateRoute,
} from '@cloud-gateway/contracts';
import { rememberSecret } from '@cloud-gateway/test-support';
import { mintId } from '@cloud-gateway/vault';
import { cloudUsers, credentialsOf, type TestClient, type World } from './start-world.ts';

/** A request of somebody who may do nothing else, with what an administrator needs to approve it. */
export interface Requested {
  readonly id: string;
  readonly environmentId: string;
  readonly credentialId: string;
  readonly requester: TestClient;
}

export function accessSteps(getWorld: () => World) {
  const admin = () => getWorld().adminToken;
  // One for all: making a client and logging it in are slow on purpose.
  let usualRequester: Promise<TestClient> | undefined;

  async function createEnvironment(name = mintId('name')): Promise<string> {
    const { id } = await getWorld().ask(environmentCreateRoute, { token: admin(), body: { name } });
    return id;
  }

  async function storeCredentials(
    more: { environmentIds?: string[]; scope?: string; token?: string; user?: keyof typeof cloudUsers } = {},
  ): Promise<string> {
    const { token = admin(), user = 'anna', ...rest } = more;
    const credentials = credentialsOf(cloudUsers[user]);
    const body = { cloud: 'ec2', name: 'test', credentials, ...rest };
    const { id } = await getWorld().ask(cloudCredentialsCreateRoute, { token, body });
    return id;
  }

  async function requestAccess({
    requester,
    environmentId,
    services = ['dynamodb', 'sqs'],
  }: {
    requester: TestClient;
    environmentId: string;
    services?: string[];
  }): Promise<string> {
    const body = { environmentId, cloud: 'ec2', services, reason: 'for the test' };
    const { id } = await getWorld().ask(accessRequestCreateRoute, { token: requester.token, body });
    return id;
  }

  async function request(): Promise<Requested> {
    const environmentId = await createEnvironment();
    const credentialId = await storeCredentials({ environmentIds: [environmentId] });
    usualRequester ??= getWorld().createClient({ permissions: ['access-requests:create'] });
    const requester = await usualRequester;
    const id = await requestAccess({ requester, environmentId });
    return { id, environmentId, credentialId, requester };
  }

  const approve = ({ id, credentialId }: Pick<Requested, 'id' | 'credentialId'>, more: object = {}) => ({
    token: admin(),
    params: { request: id },
    body: { credentialId, ...more },
  });

  async function takeSecret({ id, requester }: Requested) {
    const taken = await getWorld().ask(accessRequestSecretRoute, {
      token: requester.token,
      params: { request: id },
    });
    rememberSecret(taken.secretAccessKey);
    return taken;
  }

  /** A request that was brought to this state along legal ways. */
  async function requestIn(state: AccessRequestState): Promise<Requested> {
    const world = getWorld();
    const requested = await request();
    const byAdmin = { token: admin(), params: { request: requested.id } };
    if (state === 'pending') return requested;
    if (state === 'denied') {
      await world.ask(accessRequestDenyRoute, { ...byAdmin, body: { reason: 'no' } });
      return requested;
    }
    if (state !== 'archived') await world.ask(accessRequestApproveRoute, approve(requested));
    if (state === 'active') await takeSecret(requested);
    if (state === 'revoked') await world.ask(accessRequestRevokeRoute, byAdmin);
    if (state === 'archived') await world.ask(accessRequestArchiveRoute, byAdmin);
    return requested;
  }

  return {
    createEnvironment,
    storeCredentials,
    requestAccess,
    request,
    requestIn,
    approve,
    takeSecret,

    /** A client of another organization, who may do everything there but manage organizations. */
    async stranger(): Promise<TestClient> {
      const world = getWorld();
      const { id: organizationId } = await world.ask(organizationCreateRoute, {
        token: admin(),
        body: { name: mintId('org-name') },
      });
      const permissions = allPermissions.filter((permission) => permission !== 'organizations:manage');
      return world.createClient({ organizationId, permissions });
    },

    /** The administrative events about an access request, in their order. */
    async eventsAbout(requestId: string): Promise<AdministrativeEvent[]> {
      const waiting = await getWorld().store.read.outbox.listWaiting(10_000);
      return waiting
        .map(({ payload }) => administrativeEventSchema.parse(JSON.parse(payload)))
        .filter(({ details }) => 'accessRequestId' in details && details.accessRequestId === requestId);
    },

    /** The newest entry of the audit log about a thing. */
    async lastEntryAbout(subjectId: string) {
      const entries = await getWorld().store.read.audit.list({ limit: 1000 });
      return entries.find((entry) => entry.subjectId === subjectId);
    },
  };
}
