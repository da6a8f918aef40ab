/**
 * Tells which binding brought a request, as the prefix that it binds: `v1.tokens` for `*.v1.tokens.#`. Undefined when it
 * came another way, or by a binding that is no prefix.
 */
export function createPrefixFinder(bindings: readonly string[]): (routingKey: string) => string | undefined {
  const prefixes = bindings
    .filter((binding) => binding.endsWith('.#'))
    .map((binding) => binding.slice('*.'.length, -'.#'.length))
    .map((prefix) => ({ prefix, exact: `read.${prefix}`, start: `read.${prefix}.` }));

  return function findPrefix(routingKey) {
    for (const { prefix, exact, start } of prefixes) {
      if (routingKey === exact || routingKey.startsWith(start)) return prefix;
    }
    return undefined;
  };
}
