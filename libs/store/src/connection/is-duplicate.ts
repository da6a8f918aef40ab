/** Tells whether a unique key refused the row (ER_DUP_ENTRY). Not `insert ignore`: that also swallows what does not fit. */
export function isDuplicate(err: unknown): boolean {
  return (err as { errno?: unknown } | null)?.errno === 1062;
}
