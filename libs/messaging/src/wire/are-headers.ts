/** Tells whether `headers` are those of an envelope: texts, or lists of texts. */
export function areHeaders(headers: unknown): boolean {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return false;
  for (const value of Object.values(headers)) {
    if (typeof value === 'string') continue;
    if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) return false;
  }
  return true;
}
