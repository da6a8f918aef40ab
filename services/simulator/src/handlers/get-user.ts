// IAM GetUser: by name, or the caller itself.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { writeUser } from '../identity/user-xml.ts';
import { optional } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const getUser = defineAction({
  service: 'iam',
  name: 'GetUser',
  input: { userName: optional('UserName', text) },
  handle({ userName }, { identity, accountId, principal }) {
    if (userName === undefined && principal.kind !== 'user') {
      throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
    }
    const wanted = userName ?? principal.name;
    const user = identity.users(accountId).find((each) => each.userName === wanted);
    if (!user)
      throw new AwsError('NoSuchEntity', `The user with name ${wanted.slice(0, 100)} cannot be found.`);
    return { User: writeUser(user) };
  },
});
