// The OpenAPI 3.1 document, made from the same route table that validates the requests: it cannot be out of date.
import { z } from 'zod';
import { type ErrorCode, errorCodes } from '../errors/error-codes.ts';
import { problemContentType, problemSchema } from '../errors/problem.ts';
import { allRoutes } from '../routes/all-routes.ts';
import type { RequestHeader, Route } from '../routes/route.ts';
import { type ComponentSchemas, createComponentSchemas } from './component-schemas.ts';

export type OpenApiDocument = Readonly<Record<string, unknown>>;

export function buildOpenApi(routes: readonly Route[] = allRoutes): OpenApiDocument {
  const schemas = createComponentSchemas();
  schemas.convert(problemSchema, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cloud Gateway',
      version: '1',
      description:
        'One API to many clouds. Authenticate with `POST /v1/tokens`, prove a cloud account with `POST /v1/accounts`, then read and change its resources. Everything here can be asked over AMQP as well. [What each error means](/docs/errors), [this document as JSON](/v1/openapi.json).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.all,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token from POST /v1/tokens.' },
      },
    },
  };
}

function operationOf(route: Route, schemas: ComponentSchemas): Record<string, unknown> {
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    security: route.auth === 'token' ? [{ token: [] }] : [],
    ...(route.permission && { 'x-permission': route.permission }),
    parameters: [
      ...parametersOf(schemas.convert(route.params, 'input'), 'path'),
      ...parametersOf(schemas.convert(route.query, 'input'), 'query'),
      ...idempotencyHeader(route),
      ...(route.headers ?? []).map(headerParameter),
    ],
    ...bodyOf(route, schemas),
    responses: {
      ...successResponses(route, schemas),
      ...errorResponses(route),
    },
  };
}

function parametersOf(schema: Record<string, unknown>, place: 'path' | 'query'): unknown[] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(property.description && { description: property.description }),
    schema: property,
  }));
}

/** As run-write-once.ts in libs/messaging does it: a write of a caller who is known. */
function isIdempotent(route: Route): boolean {
  return route.method !== 'GET' && route.auth === 'token';
}

function idempotencyHeader(route: Route): unknown[] {
  if (!isIdempotent(route)) return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'A key of your own making; a repetition with the same key gets the first answer again instead of a second effect.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    },
  ];
}

const headerDescriptions: Readonly<Record<RequestHeader, { name: string; description: string }>> = {
  'if-match': {
    name: 'If-Match',
    description: 'An ETag that you were given: refused with 412 when somebody has changed it since.',
  },
  'if-none-match': {
    name: 'If-None-Match',
    description: 'An ETag that you were given: 304 without a body when it is still what there is.',
  },
  prefer: {
    name: 'Prefer',
    description:
      '`wait=<seconds>`: answer when the next stable state is reached, or after so long (RFC 7240).',
  },
};

function headerParameter(header: RequestHeader): unknown {
  return { ...headerDescriptions[header], in: 'header', required: false, schema: { type: 'string' } };
}

function bodyOf(route: Route, schemas: ComponentSchemas): Record<string, unknown> {
  if (route.body instanceof z.ZodUndefined) return {};
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemas.convert(route.body, 'input') } },
    },
  };
}

function successResponses({ answer }: Route, schemas: ComponentSchemas): Record<string, unknown> {
  const content = { 'application/json': { schema: schemas.convert(answer.schema, 'output') } };
  const all = Object.entries({ ...answer.others, [answer.status]: answer.description });
  return Object.fromEntries(
    all.map(([status, description]) => [status, { description, ...(status !== '304' && { content }) }]),
  );
}

function errorResponses(route: Route): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...(route.errors ?? []), ...errorsOfAnyRouteLike(route)])) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map((code) => `\`${code}\`: ${errorCodes[code].title}.`).join(' '),
        content: { [problemContentType]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function errorsOfAnyRouteLike(route: Route): ErrorCode[] {
  const codes: ErrorCode[] = ['malformed-request', 'validation-failed'];
  if (route.auth === 'token') codes.push('unauthenticated');
  if (route.permission) codes.push('forbidden');
  if (!(route.body instanceof z.ZodUndefined)) codes.push('body-too-large');
  if (isIdempotent(route)) codes.push('request-in-progress', 'idempotency-key-reused');
  return [...codes, 'internal', 'unavailable', 'overloaded', 'deadline-exceeded'];
}
