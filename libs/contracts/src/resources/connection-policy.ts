// Which of an instance's addresses the users of the gateway connect to.
import { z } from 'zod';

/** `public` and `local` never fall back to the other; `auto` takes the public address, and the private one if there is none. */
export const connectionPolicies = ['public', 'local', 'auto'] as const;
export const connectionPolicySchema = z.enum(connectionPolicies);
export type ConnectionPolicy = z.infer<typeof connectionPolicySchema>;

/** Null: the instance has no address that the policy allows. */
export function connectAddressOf(
  policy: ConnectionPolicy,
  {
    publicAddresses,
    privateAddresses,
  }: { readonly publicAddresses: readonly string[]; readonly privateAddresses: readonly string[] },
): string | null {
  const [publicAddress = null] = publicAddresses;
  const [privateAddress = null] = privateAddresses;
  switch (policy) {
    case 'public':
      return publicAddress;
    case 'local':
      return privateAddress;
    case 'auto':
      return publicAddress ?? privateAddress;
  }
}
