// GET /v1/openapi.json, a page that renders it, and a page of the error codes: everything that a new user of the API
// looks for, made from the contracts once at start.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { buildOpenApi } from '@cloud-gateway/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { apiPage } from './api-page.ts';
import { errorsPage } from './errors-page.ts';

export async function registerDocumentation(app: FastifyInstance): Promise<void> {
  const openApi = JSON.stringify(buildOpenApi());
  const renderer = await readFile(createRequire(import.meta.url).resolve('rapidoc'), 'utf8');
  const errors = errorsPage();

  app.get('/v1/openapi.json', (_request, reply) => send(reply, 'application/json; charset=utf-8', openApi));
  app.get('/docs', (_request, reply) => send(reply, 'text/html; charset=utf-8', apiPage));
  app.get('/docs/errors', (_request, reply) => send(reply, 'text/html; charset=utf-8', errors));
  app.get('/docs/rapidoc.js', (_request, reply) => send(reply, 'text/javascript; charset=utf-8', renderer));
}

function send(reply: FastifyReply, contentType: string, body: string): FastifyReply {
  return reply
    .header('content-type', contentType)
    .header('cache-control', 'no-cache')
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-security-policy',
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
    )
    .send(body);
}
