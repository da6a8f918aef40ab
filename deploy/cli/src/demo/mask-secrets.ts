/** An envelope's JSON for showing: its Authorization header is not for the screen, and its body is JSON in JSON. */
export function maskSecrets(payload: string): unknown {
  const envelope = JSON.parse(payload) as { headers?: Record<string, unknown>; body?: unknown };
  const headers = envelope.headers && { ...envelope.headers };
  if (headers && 'authorization' in headers) headers['authorization'] = 'Bearer …';
  return { ...envelope, ...(headers && { headers }) };
}
