// IAM SimulatePrincipalPolicy: may this user or role do these things? The way to find out without doing them.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { isDenied } from '../identity/policy.ts';
import { roleArn } from '../identity/principal.ts';
import { list, required, requiredList } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const simulatePrincipalPolicy = defineAction({
  service: 'iam',
  name: 'SimulatePrincipalPolicy',
  input: {
    principalArn: required('PolicySourceArn', text),
    actionNames: requiredList('ActionNames.member', text),
    resourceArns: list('ResourceArns.member', text),
  },
  handle({ principalArn, actionNames, resourceArns }, call) {
    const deniedActions = deniedActionsOf(principalArn, call);
    const resources = resourceArns.length > 0 ? resourceArns : ['*'];
    const malformed = actionNames.find((name) => !/^[\w*-]+:[\w*?]+$/.test(name) && name !== '*');
    if (malformed !== undefined)
      throw new AwsError('InvalidInput', `Invalid action name: ${malformed.slice(0, 100)}`);
    return {
      EvaluationResults: resources.flatMap((resource) =>
        call.shuffled(actionNames).map((action) => ({
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: isDenied({ deniedActions }, action) ? 'explicitDeny' : 'allowed',
          MatchedStatements: [],
          MissingContextValues: [],
        })),
      ),
      IsTruncated: false,
    };
  },
});

function deniedActionsOf(arn: string, { identity, accountId }: Call): readonly string[] {
  const user = identity.users(accountId).find((each) => each.arn === arn);
  const role = identity
    .roles()
    .find((each) => each.accountId === accountId && roleArn(each.accountId, each.roleName) === arn);
  const found = user ?? role;
  if (!found) {
    const known = /^arn:aws:iam::\d{12}:(?:user|role|group)\//.test(arn);
    throw known
      ? new AwsError('NoSuchEntity', `The principal ${arn.slice(0, 200)} cannot be found.`)
      : new AwsError('InvalidInput', `Invalid Entity Arn: ${arn.slice(0, 200)}`);
  }
  return found.deniedActions;
}
