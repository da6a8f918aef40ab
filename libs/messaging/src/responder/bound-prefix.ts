/**
 * Which of our bindings brought a request, as the prefix that it binds: `v1.tokens` for `*.v1.tokens.#`. Undefined when it
 * came another way, or by a binding that is no prefix.
 */
export function boundPrefixOf(routingKey: string, bindings: readonly string[]): string | undefined {
  const path = routingKey.slice(routingKey.indexOf('.') + 1);
  for (const binding of bindings) {
    if (!binding.endsWith('.#')) continue;
    const prefix = binding.slice('*.'.length, -'.#'.length);
    if (path === prefix || path.startsWith(`${prefix}.`)) return prefix;
  }
  return undefined;
}
