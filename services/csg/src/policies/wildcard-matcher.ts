export type WildcardMatcher = (text: string) => boolean;

/**
 * Tells whether a text is what one of the patterns says, where `*` stands for any letters, none too. Case does not
 * count, as in IAM policies. Takes time in proportion to the text, whatever the stars.
 */
export function wildcardMatcher(patterns: readonly string[]): WildcardMatcher {
  const lowerCase = patterns.map((pattern) => pattern.toLowerCase());
  const plain = new Set(lowerCase.filter((pattern) => !pattern.includes('*')));
  const starred = lowerCase.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('*'));
  return (text) => {
    const subject = text.toLowerCase();
    return plain.has(subject) || starred.some((pieces) => hasPieces(subject, pieces));
  };
}

/** The first piece at the beginning, the last at the end, the others in this order between them. */
function hasPieces(subject: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (subject.length < first.length + last.length) return false;
  if (!subject.startsWith(first) || !subject.endsWith(last)) return false;

  const end = subject.length - last.length;
  let at = first.length;
  for (let i = 1; i < pieces.length - 1; i += 1) {
    const piece = pieces[i] ?? '';
    const found = subject.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
