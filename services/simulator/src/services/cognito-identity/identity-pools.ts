// Cognito identity pools. Nobody ever logs in, so each has no identities.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { newRequestId } from '../../random-source.ts';
import type { StateKind } from '../../states.ts';

interface IdentityPool {
  readonly IdentityPoolId: string;
  readonly IdentityPoolName: string;
  readonly AllowUnauthenticatedIdentities: boolean;
}

const state: StateKind<Map<string, IdentityPool>> = {
  name: 'identity-pools',
  reach: 'region',
  create: () => new Map(),
};

const service = 'cognito-identity';
const byId = z.object({ IdentityPoolId: z.string() });
const described = z.object({
  IdentityPoolName: z.string().min(1).max(128),
  AllowUnauthenticatedIdentities: z.boolean(),
});

const createIdentityPool = defineOperation({
  service,
  name: 'CreateIdentityPool',
  input: described,
  handle(input, call) {
    const pool = { IdentityPoolId: `${call.region}:${newRequestId(call.random)}`, ...input };
    call.stateOf(state).set(pool.IdentityPoolId, pool);
    return pool;
  },
});

const listIdentityPools = defineOperation({
  service,
  name: 'ListIdentityPools',
  input: z.object({ MaxResults: z.int().min(1).max(60) }),
  handle: ({ MaxResults }, call) => ({
    IdentityPools: [...call.stateOf(state).values()]
      .slice(0, MaxResults)
      .map(({ IdentityPoolId, IdentityPoolName }) => ({ IdentityPoolId, IdentityPoolName })),
  }),
});

const describeIdentityPool = defineOperation({
  service,
  name: 'DescribeIdentityPool',
  input: byId,
  handle: ({ IdentityPoolId }, call) => ({ ...findPool(IdentityPoolId, call) }),
});

const updateIdentityPool = defineOperation({
  service,
  name: 'UpdateIdentityPool',
  input: described.extend({ IdentityPoolId: z.string() }),
  handle(input, call) {
    const pool = { ...findPool(input.IdentityPoolId, call), ...input };
    call.stateOf(state).set(pool.IdentityPoolId, pool);
    return pool;
  },
});

const listIdentities = defineOperation({
  service,
  name: 'ListIdentities',
  input: byId,
  handle: ({ IdentityPoolId }, call) => ({
    IdentityPoolId: findPool(IdentityPoolId, call).IdentityPoolId,
    Identities: [],
  }),
});

const deleteIdentityPool = defineOperation({
  service,
  name: 'DeleteIdentityPool',
  input: byId,
  handle({ IdentityPoolId }, call) {
    call.stateOf(state).delete(findPool(IdentityPoolId, call).IdentityPoolId);
    return {};
  },
});

function findPool(id: string, call: Call): IdentityPool {
  const pool = call.stateOf(state).get(id);
  if (pool) return pool;
  throw new AwsError('ResourceNotFoundException', `IdentityPool '${id.slice(0, 100)}' not found.`);
}

export const identityPools: readonly Operation[] = [
  createIdentityPool,
  listIdentityPools,
  describeIdentityPool,
  updateIdentityPool,
  listIdentities,
  deleteIdentityPool,
];
