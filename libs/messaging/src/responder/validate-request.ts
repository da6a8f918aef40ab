// From an envelope to what a handler sees: the path's parameters, the query and the body, each parsed by the schema of
// the route. All faults are reported together.
import { type FieldIssue, GatewayError, type RequestEnvelope, type Route } from '@cloud-gateway/contracts';
import type { z } from 'zod';

export interface ValidRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Throws `malformed-request` for a body that is not JSON, `validation-failed` for anything that a schema refuses. */
export function validateRequest(
  route: Route,
  envelope: RequestEnvelope,
  pathParams: Record<string, string | undefined>,
): ValidRequest {
  const issues: FieldIssue[] = [];
  const params = check('path', route.params, pathParams, issues);
  const query = check('query', route.query, parseQuery(envelope.query), issues);
  const body = check('body', route.body, parseBody(envelope), issues);
  if (issues.length > 0) {
    const [first] = issues;
    throw new GatewayError('validation-failed', {
      message: `${first?.path}: ${first?.message}${issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''}`,
      issues,
    });
  }
  return { params, query, body };
}

/** zod's issues with dotted paths. Received values are left out on purpose: they may be secrets. */
export function issuesOf(part: string, error: z.ZodError): FieldIssue[] {
  return error.issues.map((issue) => ({
    path: [part, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
}

function check(part: string, schema: z.ZodType, value: unknown, issues: FieldIssue[]): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  issues.push(...issuesOf(part, parsed.error));
  return undefined;
}

function parseQuery(query: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  if (query === '') return fields;
  for (const [name, value] of new URLSearchParams(query)) {
    const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const next = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
    Object.defineProperty(fields, name, {
      value: next,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return fields;
}

function parseBody(envelope: RequestEnvelope): unknown {
  if (envelope.body === '') return undefined;
  if (envelope.bodyEncoding === 'base64') {
    throw new GatewayError('malformed-request', {
      message: 'The body is not UTF-8 text; this route takes JSON.',
    });
  }
  const type = envelope.headers['content-type'];
  if (type !== undefined && !/^application\/([\w.-]+\+)?json\b/i.test(String(type))) {
    throw new GatewayError('malformed-request', {
      message: `The body is of type ${String(type).slice(0, 100)}; this route takes application/json.`,
    });
  }
  try {
    return JSON.parse(envelope.body);
  } catch (err) {
    throw new GatewayError('malformed-request', { message: `The body is not JSON: ${positionOf(err)}` });
  }
}

// V8 quotes the text around the fault, which may hold a secret; only the position is passed on.
function positionOf(err: unknown): string {
  const position = /position (\d+)/.exec(String(err))?.[1];
  return position === undefined ? 'it ends too early.' : `the fault is at character ${position}.`;
}
