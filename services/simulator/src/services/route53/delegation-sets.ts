// Route 53 reusable delegation sets. An id is said with and without the path it is given out with.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import type { StateKind } from '../../states.ts';
import { repeated } from '../../xml.ts';

interface DelegationSet {
  readonly id: string;
  readonly callerReference: string;
}

const state: StateKind<Map<string, DelegationSet>> = {
  name: 'delegation-sets',
  reach: 'region',
  create: () => new Map(),
};

const service = 'route53';
const byId = z.object({ id: z.string() });

const createReusableDelegationSet = defineOperation({
  service,
  name: 'CreateReusableDelegationSet',
  http: 'POST /2013-04-01/delegationset',
  status: 201,
  input: z.object({ CallerReference: z.string().min(1).max(128) }),
  handle({ CallerReference: callerReference }, call) {
    const sets = call.stateOf(state);
    if ([...sets.values()].some((set) => set.callerReference === callerReference)) {
      const text = `A delegation set was created with the reference ${callerReference} before.`;
      throw new AwsError('DelegationSetAlreadyCreated', text);
    }
    const set = { id: `N${call.random.hex(20).toUpperCase()}`, callerReference };
    sets.set(set.id, set);
    return { DelegationSet: writeSet(set) };
  },
});

const listReusableDelegationSets = defineOperation({
  service,
  name: 'ListReusableDelegationSets',
  http: 'GET /2013-04-01/delegationset',
  input: z.object({}),
  handle: (_input, call) => ({
    DelegationSets: { DelegationSet: repeated([...call.stateOf(state).values()].map(writeSet)) },
    Marker: '',
    IsTruncated: false,
    MaxItems: 100,
  }),
});

const getReusableDelegationSet = defineOperation({
  service,
  name: 'GetReusableDelegationSet',
  http: 'GET /2013-04-01/delegationset/{id}',
  input: byId,
  handle: ({ id }, call) => ({ DelegationSet: writeSet(findSet(id, call)) }),
});

const deleteReusableDelegationSet = defineOperation({
  service,
  name: 'DeleteReusableDelegationSet',
  http: 'DELETE /2013-04-01/delegationset/{id}',
  input: byId,
  handle({ id }, call) {
    call.stateOf(state).delete(findSet(id, call).id);
    return {};
  },
});

function writeSet({ id, callerReference }: DelegationSet) {
  const nameServers = ['ns-1.sim-dns.example', 'ns-2.sim-dns.example'];
  return {
    Id: `/delegationset/${id}`,
    CallerReference: callerReference,
    NameServers: { NameServer: repeated(nameServers) },
  };
}

function findSet(id: string, call: Call): DelegationSet {
  const set = call.stateOf(state).get(id);
  if (set) return set;
  throw new AwsError(
    'NoSuchDelegationSet',
    `The specified delegation set ${id.slice(0, 64)} does not exist.`,
  );
}

export const delegationSets: readonly Operation[] = [
  createReusableDelegationSet,
  listReusableDelegationSets,
  getReusableDelegationSet,
  deleteReusableDelegationSet,
];
