// IAM ListUsers. Accounts are small here: one page.
import { defineAction } from '../action.ts';
import { writeUser } from '../identity/user-xml.ts';

export const listUsers = defineAction({
  service: 'iam',
  name: 'ListUsers',
  input: {},
  handle: (_input, { identity, accountId, shuffled }) => ({
    Users: shuffled(identity.users(accountId)).map(writeUser),
    IsTruncated: false,
  }),
});
