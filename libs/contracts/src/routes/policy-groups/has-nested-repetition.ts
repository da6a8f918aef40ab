// Regular expressions that take for ever on some names, by the one sign that nearly all of them have: a repeated group
// that begins and ends with a part that may be longer or shorter, as in `([a-z]+)*`. What belongs to which round can then
// be said in very many ways, and they are all tried. `([a-z]+-)*` is none: each round ends at a dash.

/** `pattern` is a valid regular expression. */
export function hasNestedRepetition(pattern: string): boolean {
  const outer: Group[] = [];
  let group = newGroup();
  for (const [token, quantifier] of tokensOf(pattern)) {
    const isFlexible = quantifier !== '' && !/^\{(\d+)\}$/.test(quantifier);
    if (token.startsWith('(')) {
      outer.push(group);
      group = newGroup();
    } else if (token === ')') {
      const isAmbiguous = endAlternative(group).isAmbiguous;
      if (isAmbiguous && isRepeated(quantifier)) return true;
      group = outer.pop() ?? newGroup();
      addPart(group, isFlexible || isAmbiguous);
    } else if (token === '|') {
      endAlternative(group);
    } else if (!/^(?:\^|\$|\\[bB])$/.test(token)) {
      addPart(group, isFlexible);
    }
  }
  return false;
}

interface Group {
  /** Of the alternative being read: whether its first and its last part are of no fixed length; undefined: none yet. */
  first: boolean | undefined;
  last: boolean | undefined;
  /** One of the alternatives both begins and ends with such a part. */
  isAmbiguous: boolean;
}

function newGroup(): Group {
  return { first: undefined, last: undefined, isAmbiguous: false };
}

function addPart(group: Group, isFlexible: boolean): void {
  group.first ??= isFlexible;
  group.last = isFlexible;
}

function endAlternative(group: Group): Group {
  if (group.first && group.last) group.isAmbiguous = true;
  group.first = undefined;
  group.last = undefined;
  return group;
}

function isRepeated(quantifier: string): boolean {
  return /^[*+]|^\{\d+,\}/.test(quantifier) || Number(/(\d+)\}/.exec(quantifier)?.[1] ?? 0) > 1;
}

/** Parts of the pattern, each with the quantifier behind it, or ''. */
function tokensOf(pattern: string): (readonly [token: string, quantifier: string])[] {
  const parts =
    /(\(\?(?:[:=!]|<[=!]|<[^>]*>)|\(|\)|\||\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[\s\S])([*+?]|\{\d+(?:,\d*)?\})?\??/g;
  return [...pattern.matchAll(parts)].map(([, token = '', quantifier = '']) => [token, quantifier]);
}
