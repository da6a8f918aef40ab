/** The parser of an option that may be given several times: a list takes no positional argument that follows it. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
