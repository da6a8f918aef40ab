export interface ShownEnvelope {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly [field: string]: unknown;
}

/** An envelope for showing: its Authorization header is not for the screen. */
export function maskSecrets(payload: string): ShownEnvelope {
  const envelope = JSON.parse(payload) as ShownEnvelope;
  if (envelope.headers?.['authorization'] === undefined) return envelope;
  return { ...envelope, headers: { ...envelope.headers, authorization: 'Bearer …' } };
}
