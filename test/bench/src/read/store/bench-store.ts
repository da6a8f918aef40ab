// What a store of so many rows holds, computed from the number of each: ten accounts, four regions, instances and volumes.
import { resourceIdOf } from '@cloud-gateway/store';

type StoredType = 'instance' | 'volume';

/** Which resource the number `n` is. */
export interface Identity {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly type: StoredType;
  readonly cloudId: string;
}

export const accountNumbers = Array.from({ length: 10 }, (_, at) => String(100_000_000_001 + at));
export const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-southeast-2'] as const;

export function identityOf(n: number): Identity {
  const account = `ec2-${at(accountNumbers, n)}`;
  const region = at(regions, Math.floor(n / accountNumbers.length));
  const type = n % 100 < 70 ? 'instance' : 'volume';
  const cloudId = `${type === 'instance' ? 'i' : 'vol'}-${hex(n)}`;
  return {
    id: resourceIdOf({ cloud: 'ec2', account, region }, { type, cloudId }),
    account,
    region,
    type,
    cloudId,
  };
}

/** A number in 17 hexadecimal digits that does not show the order: multiplying by an odd number is one to one. */
function hex(n: number): string {
  return (((BigInt(n) + 1n) * 0x9e3779b97f4a7c15n) & 0xfffffffffffffffffn).toString(16).padStart(17, '0');
}

function at<T>(items: readonly T[], n: number): T {
  return items[n % items.length] as T; // The remainder is an index.
}
