// GET /v1/openapi.json, a page that renders it, and a page of the error codes: everything that a new user of the API
// looks for, made from the contracts once at start.
import { readFile } from 'node:fs/promises';
import { buildOpenApi } from '@cloud-gateway/contracts';
import { apiPage } from './api-page.ts';
import { errorsPage } from './errors-page.ts';
import { createPage, type Page } from './page.ts';

/** The pages by their paths. */
export async function documentationPages(): Promise<ReadonlyMap<string, Page>> {
  const renderer = await readFile(new URL(import.meta.resolve('rapidoc')), 'utf8');
  return new Map([
    ['/v1/openapi.json', createPage('application/json', JSON.stringify(buildOpenApi()))],
    ['/docs', createPage('text/html', apiPage)],
    ['/docs/errors', createPage('text/html', errorsPage())],
    ['/docs/rapidoc.js', createPage('text/javascript', renderer)],
  ]);
}
