// The wildcards of EC2 filters: * any run, ? one character, \ takes the next one literally. By hand and not by RegExp,
// whose backtracking a hostile filter value could abuse.

/** Takes time in proportion to pattern times text at worst. */
export function matchesGlob(pattern: string, text: string): boolean {
  if (!/[*?\\]/.test(pattern)) return pattern === text;
  const tokens = tokenize(pattern);
  let token = 0;
  let at = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < text.length) {
    const current = tokens[token];
    if (current?.kind === 'any-run') {
      starToken = token++;
      starAt = at;
    } else if (
      current?.kind === 'any-one' ||
      (current?.kind === 'literal' && current.character === text[at])
    ) {
      token++;
      at++;
    } else if (starToken >= 0) {
      // The last * takes one more character, and the rest is tried again.
      token = starToken + 1;
      at = ++starAt;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(({ kind }) => kind === 'any-run');
}

type Token =
  | { readonly kind: 'any-run' }
  | { readonly kind: 'any-one' }
  | { readonly kind: 'literal'; readonly character: string };

function tokenize(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] ?? '';
    if (character === '*') tokens.push({ kind: 'any-run' });
    else if (character === '?') tokens.push({ kind: 'any-one' });
    else tokens.push({ kind: 'literal', character: character === '\\' ? (pattern[++i] ?? '\\') : character });
  }
  return tokens;
}
