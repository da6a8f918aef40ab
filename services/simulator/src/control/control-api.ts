// The control functions over HTTP: POST /_simulator/<function> with its argument as JSON. No signature, so keep it on
// loopback; a request that a browser sent for a web page is refused, as any page could send one.
import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { HttpAnswer, HttpRequest } from '../http-server.ts';
import type { Control } from './control.ts';

export const controlPrefix = '/_simulator/';

/** These change nothing and take no argument, so a GET will do. */
const readers: ReadonlySet<string> = new Set(['calls', 'faults', 'throttled']);

export function answerControl(
  { method, target, rawHeaders, body }: Omit<HttpRequest, 'body'> & { readonly body: Buffer },
  control: Control,
): HttpAnswer {
  if (rawHeaders.some((header, i) => i % 2 === 0 && header.toLowerCase() === 'origin')) {
    return json(403, { error: 'Browsers may not control the simulator.' });
  }
  const name = target.slice(controlPrefix.length).split('?', 1)[0] ?? '';
  if (!isFunctionOf(control, name)) {
    return json(404, { error: `There is no ${controlPrefix}${name}.`, functions: Object.keys(control) });
  }
  if (method !== 'POST' && !(method === 'GET' && readers.has(name))) return json(405, { error: 'Use POST.' });
  try {
    // Each function holds its argument against its schema itself, so it may be called with anything.
    const run = control[name] as (argument: unknown) => unknown;
    return json(200, run(parseBody(body)) ?? {});
  } catch (err) {
    return json(400, { error: messageOf(err) });
  }
}

function isFunctionOf(control: Control, name: string): name is keyof Control {
  return Object.hasOwn(control, name);
}

function parseBody(body: Buffer): unknown {
  const text = body.toString('utf8').trim();
  return text === '' ? undefined : JSON.parse(text);
}

function messageOf(err: unknown): string {
  if (err instanceof z.ZodError) return z.prettifyError(err);
  if (err instanceof AwsError) return `${err.code}: ${err.message}`;
  return err instanceof Error ? err.message : String(err);
}

function json(status: number, value: unknown): HttpAnswer {
  return { kind: 'answer', status, contentType: 'application/json', body: `${JSON.stringify(value)}\n` };
}
