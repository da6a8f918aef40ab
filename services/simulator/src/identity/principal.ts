// Who is calling.

export interface Principal {
  readonly kind: 'user' | 'role-session';
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  /** The user's or the role's name. */
  readonly name: string;
  readonly deniedActions: readonly string[];
}

export function userArn(accountId: string, userName: string): string {
  return `arn:aws:iam::${accountId}:user/${userName}`;
}

export function roleArn(accountId: string, roleName: string): string {
  return `arn:aws:iam::${accountId}:role/${roleName}`;
}
