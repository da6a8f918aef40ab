/**
 * Text that others have chosen (a cloud's names, somebody's answer) for a terminal: control characters, which could move
 * the cursor or hide what stands there, are shown and not obeyed.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (char) => known[char] ?? escaped(char));
}

const known: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(char: string): string {
  return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
