/** Gives the gateway's id of a cloud account: equal for whoever proves it, so that one account is one row. */
export function accountIdOf(cloud: string, cloudAccountId: string): string {
  return `${cloud}-${cloudAccountId}`.toLowerCase();
}
