import type { GatewayClient } from '@cloud-gateway/client';

export interface AccountChoice {
  readonly account?: string | undefined;
  readonly cloud?: string | undefined;
}

export interface Place {
  readonly account: string;
  readonly cloud: string;
}

/** The account that was named, or the only one proven, and its cloud. Throws an Error that lists them otherwise. */
export async function chooseAccount(
  client: Pick<GatewayClient, 'each'>,
  { account, cloud }: AccountChoice,
): Promise<Place> {
  if (account && cloud) return { account, cloud };
  if (account?.endsWith(publicSuffix)) return { account, cloud: account.slice(0, -publicSuffix.length) };
  const proven: Place[] = [];
  for await (const item of client.each('account-list', {})) {
    proven.push({ account: item.id, cloud: item.cloud });
  }
  const fitting = proven.filter(
    (place) =>
      (account === undefined || place.account === account) && (cloud === undefined || place.cloud === cloud),
  );
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  throw new Error(refusalOf({ account, cloud }, proven, fitting));
}

/** Of the pseudo account that holds what a cloud publishes. */
const publicSuffix = '-public';

function refusalOf(
  { account, cloud }: AccountChoice,
  proven: readonly Place[],
  fitting: readonly Place[],
): string {
  const names = (places: readonly Place[]) => places.map((place) => place.account).join(', ');
  if (proven.length === 0)
    return 'You have not proven a cloud account yet: POST /v1/accounts with its credentials does it.';
  if (fitting.length > 1)
    return `You have proven ${fitting.length} accounts; say which with --account: ${names(fitting)}.`;
  return `You have not proven ${account ?? `an account of ${cloud}`}; you have proven ${names(proven)}.`;
}
