// Cognito user pools: a name and the text of the mail that verifies an address.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import type { StateKind } from '../../states.ts';

interface UserPool {
  readonly id: string;
  readonly name: string;
  readonly emailSubject: string | undefined;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}

const state: StateKind<Map<string, UserPool>> = {
  name: 'user-pools',
  reach: 'region',
  create: () => new Map(),
};

const service = 'cognito-idp';
const byId = z.object({ UserPoolId: z.string() });
/** The subject can be said in two places, and is shown in both. */
const mailSchema = z.object({
  EmailVerificationSubject: z.string().min(1).max(140).optional(),
  VerificationMessageTemplate: z.object({ EmailSubject: z.string().min(1).max(140).optional() }).optional(),
});

const createUserPool = defineOperation({
  service,
  name: 'CreateUserPool',
  input: mailSchema.extend({ PoolName: z.string().min(1).max(128) }),
  handle(input, call) {
    const pool: UserPool = {
      id: `${call.region}_${call.random.hex(9)}`,
      name: input.PoolName,
      emailSubject: subjectOf(input),
      createdAtMs: call.nowMs,
      modifiedAtMs: call.nowMs,
    };
    call.stateOf(state).set(pool.id, pool);
    return { UserPool: writePool(pool, call) };
  },
});

const listUserPools = defineOperation({
  service,
  name: 'ListUserPools',
  input: z.object({ MaxResults: z.int().min(1).max(60) }),
  handle: ({ MaxResults }, call) => ({
    UserPools: [...call.stateOf(state).values()].slice(0, MaxResults).map((pool) => ({
      Id: pool.id,
      Name: pool.name,
      CreationDate: new Date(pool.createdAtMs),
      LastModifiedDate: new Date(pool.modifiedAtMs),
    })),
  }),
});

const describeUserPool = defineOperation({
  service,
  name: 'DescribeUserPool',
  input: byId,
  handle: ({ UserPoolId }, call) => ({ UserPool: writePool(findPool(UserPoolId, call), call) }),
});

const updateUserPool = defineOperation({
  service,
  name: 'UpdateUserPool',
  input: mailSchema.extend({ UserPoolId: z.string() }),
  handle(input, call) {
    // As at AWS: what an update does not say goes back to its default.
    const pool = {
      ...findPool(input.UserPoolId, call),
      emailSubject: subjectOf(input),
      modifiedAtMs: call.nowMs,
    };
    call.stateOf(state).set(pool.id, pool);
    return {};
  },
});

const deleteUserPool = defineOperation({
  service,
  name: 'DeleteUserPool',
  input: byId,
  handle({ UserPoolId }, call) {
    call.stateOf(state).delete(findPool(UserPoolId, call).id);
    return {};
  },
});

function subjectOf(input: z.infer<typeof mailSchema>): string | undefined {
  return input.VerificationMessageTemplate?.EmailSubject ?? input.EmailVerificationSubject;
}

function writePool({ id, name, emailSubject, createdAtMs, modifiedAtMs }: UserPool, call: Call) {
  return {
    Id: id,
    Name: name,
    Arn: `arn:aws:cognito-idp:${call.region}:${call.accountId}:userpool/${id}`,
    CreationDate: new Date(createdAtMs),
    LastModifiedDate: new Date(modifiedAtMs),
    EmailVerificationSubject: emailSubject,
    VerificationMessageTemplate: { EmailSubject: emailSubject, DefaultEmailOption: 'CONFIRM_WITH_CODE' },
  };
}

function findPool(id: string, call: Call): UserPool {
  const pool = call.stateOf(state).get(id);
  if (pool) return pool;
  throw new AwsError('ResourceNotFoundException', `User pool ${id.slice(0, 100)} does not exist.`);
}

export const userPools: readonly Operation[] = [
  createUserPool,
  listUserPools,
  describeUserPool,
  updateUserPool,
  deleteUserPool,
];
