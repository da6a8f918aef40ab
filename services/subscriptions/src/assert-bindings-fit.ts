import { GatewayError } from '@cloud-gateway/contracts';
import { accountPatternCount, type SubscriptionFilter, scopePatterns } from '@cloud-gateway/store';
import type { WantedAccount } from './wanted-accounts.ts';

// Every event is compared with every binding on the broker: a subscriber with too many slows all of them.
const bindingsMax = 1_000;

/**
 * Throws `validation-failed` for a filter that makes too many bindings: one for each combination. Before any account is
 * proven it must do for one.
 */
export function assertBindingsFit(
  subscription: { readonly filter: SubscriptionFilter; readonly auditScope: string | null },
  accounts: readonly WantedAccount[],
): void {
  const { filter } = subscription;
  const perAccount = accountPatternCount(filter);
  const accountCount = Math.max(1, accounts.length);
  const count = perAccount * accountCount + scopePatterns(subscription).length;
  if (count <= bindingsMax) return;
  const longest = (['types', 'changes', 'states', 'regions'] as const)
    .map((name) => ({ name, length: filter[name]?.length ?? 0 }))
    .reduce((most, field) => (field.length > most.length ? field : most));
  const message = `This filter makes ${count} bindings: for each account (${accountCount}) ${perAccount}, one for each combination of types, changes, states and regions. At the most ${bindingsMax} are allowed: name fewer ${longest.name}, leave ${longest.name} out, which means all of them, or make several subscriptions.`;
  throw new GatewayError('validation-failed', {
    message,
    issues: [{ path: `body.${longest.name}`, message: `makes too many bindings (${count})` }],
  });
}
