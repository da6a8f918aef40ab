import { GatewayError } from '@cloud-gateway/contracts';
import { accountPatterns, type SubscriptionFilter, scopePatterns } from '@cloud-gateway/store';
import type { WantedAccount } from './wanted-accounts.ts';

// Every event is compared with every binding on the broker: a subscriber with too many slows all of them.
const bindingsMax = 1_000;

/** Throws `validation-failed` for a filter that makes too many bindings: one for each combination. */
export function assertBindingsFit(
  subscription: { readonly filter: SubscriptionFilter; readonly auditScope: string | null },
  accounts: readonly WantedAccount[],
): void {
  const { filter } = subscription;
  const perAccount = accounts[0] === undefined ? 0 : accountPatterns(filter, accounts[0]).length;
  const count = perAccount * accounts.length + scopePatterns(subscription).length;
  if (count <= bindingsMax) return;
  const longest = (['types', 'changes', 'states', 'regions'] as const)
    .map((name) => ({ name, length: filter[name]?.length ?? 0 }))
    .reduce((most, field) => (field.length > most.length ? field : most));
  const message = `This filter makes ${count} bindings: ${accounts.length} accounts with ${perAccount} combinations of types, changes, states and regions each. At the most ${bindingsMax} are allowed: name fewer ${longest.name}, leave ${longest.name} out, which means all of them, or make several subscriptions.`;
  throw new GatewayError('validation-failed', {
    message,
    issues: [{ path: `body.${longest.name}`, message: `makes too many bindings (${count})` }],
  });
}
