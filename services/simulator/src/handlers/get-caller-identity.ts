// STS GetCallerIdentity: whose credentials are these? Needs no permission, so nobody can be denied it.
import { defineAction } from '../action.ts';

export const getCallerIdentity = defineAction({
  service: 'sts',
  name: 'GetCallerIdentity',
  needsNoPermission: true,
  input: {},
  handle: (_input, { principal }) => ({
    Arn: principal.arn,
    UserId: principal.userId,
    Account: principal.accountId,
  }),
});
