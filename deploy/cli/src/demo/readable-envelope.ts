// An envelope as it reads best on a screen: the body, which is JSON inside JSON, is parsed; of headers and fields those
// stay that tell the story, and the others are counted.
import type { ShownEnvelope } from './mask-secrets.ts';

export function readableEnvelope(envelope: ShownEnvelope): Readonly<Record<string, unknown>> {
  return {
    ...envelope,
    ...(envelope.headers && { headers: only(tellingHeaders, envelope.headers) }),
    ...(envelope.body && { body: readableBody(envelope.body) }),
  };
}

const tellingHeaders = ['host', 'authorization', 'content-type', 'idempotency-key', 'location'];
const tellingFields = ['id', 'href', 'cloudId', 'name', 'state', 'region', 'instanceType', 'imageId', 'tags'];
const fieldsMax = 10;

function readableBody(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    const isLarge = parsed !== null && typeof parsed === 'object' && Object.keys(parsed).length > fieldsMax;
    return isLarge ? only(tellingFields, { ...parsed }) : parsed;
  } catch {
    return body;
  }
}

function only(names: readonly string[], all: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(all).filter(([name]) => names.includes(name));
  const others = Object.keys(all).length - kept.length;
  return { ...Object.fromEntries(kept), ...(others > 0 && { '…': `and ${others} more` }) };
}
