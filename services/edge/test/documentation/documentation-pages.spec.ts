import { errorCodes } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { documentationPages } from '../../src/documentation/documentation-pages.ts';
import type { Page } from '../../src/documentation/page.ts';

describe('documentationPages', () => {
  let pages: ReadonlyMap<string, Page>;
  const textOf = (path: string) => pages.get(path)?.body.toString() ?? '';
  before(async () => {
    pages = await documentationPages();
  });

  it('has the document, the page that shows it, and the errors', () => {
    expect([...pages.keys()]).to.have.members([
      '/v1/openapi.json',
      '/docs',
      '/docs/rapidoc.js',
      '/docs/errors',
    ]);
  });

  it('loads nothing from anywhere else', () => {
    for (const path of ['/docs', '/docs/errors']) {
      expect(textOf(path)).not.to.match(/(src|href|url)\s*[=(]\s*["']?(https?:)?\/\//);
      expect(textOf(path)).not.to.match(/<script(?![^>]*\bsrc=)/);
    }
  });

  it('forbids the browser what the pages do not need', () => {
    for (const { headers } of pages.values()) {
      expect(headers['content-security-policy']).to.match(/^default-src 'self'; script-src 'self';/);
      expect(headers['x-content-type-options']).to.equal('nosniff');
    }
  });

  it('has an entry for every error code, where the problems point to', () => {
    for (const code of Object.keys(errorCodes)) {
      expect(textOf('/docs/errors')).to.include(`id="${code}"`);
    }
  });

  describe('serves an OpenAPI document', () => {
    let document: OpenApi;
    let operations: Operation[];
    before(() => {
      document = JSON.parse(textOf('/v1/openapi.json')) as OpenApi;
      operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    });

    it('of version 3.1 with what that requires', () => {
      expect(document.openapi).to.match(/^3\.1\.\d+$/);
      expect(document.info).to.include.all.keys('title', 'version');
      for (const path of Object.keys(document.paths)) expect(path).to.match(/^\/v1\//);
      const tags = document.tags.map(({ name }) => name);
      for (const { operationId, tags: used, parameters, responses } of operations) {
        expect(tags, operationId).to.include.members(used);
        for (const parameter of parameters) {
          expect(parameter, operationId).to.include.all.keys('name', 'in', 'schema');
          if (parameter.in === 'path') expect(parameter.required).to.equal(true);
        }
        for (const [status, response] of Object.entries(responses)) {
          expect(status).to.match(/^[1-5]\d\d$/);
          expect(response.description, operationId).to.be.a('string').that.is.not.equal('');
        }
      }
    });

    it('in which every operation has a name of its own', () => {
      const names = operations.map(({ operationId }) => operationId);

      expect(names).to.have.length.above(0);
      expect(new Set(names).size).to.equal(names.length);
    });

    it('in which every reference leads somewhere and every component is used', () => {
      const references = new Set(
        JSON.stringify(document)
          .match(/"\$ref":"[^"]*"/g)
          ?.map((text) => text.slice('"$ref":"'.length, -1)),
      );
      const components = Object.keys(document.components.schemas).map(
        (name) => `#/components/schemas/${name}`,
      );

      expect([...references]).to.have.members(components);
      expect(JSON.stringify(document)).not.to.include('$defs');
    });

    it('in which every demand for a token names a scheme', () => {
      const schemes = Object.keys(document.components.securitySchemes);

      for (const { operationId, security } of operations) {
        for (const demand of security) expect(schemes, operationId).to.include.members(Object.keys(demand));
      }
    });

    it('in which every schema is one', () => {
      for (const schema of schemasIn(document)) {
        const { type, properties = {}, required = [], items } = schema;
        for (const one of [type ?? []].flat()) {
          expect(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']).to.include(one);
        }
        if (type === 'array') expect(items).to.be.an('object');
        expect(Object.keys(properties)).to.include.members(required);
      }
    });
  });
});

interface Schema {
  readonly type?: string | string[];
  readonly properties?: Record<string, Schema>;
  readonly required?: string[];
  readonly items?: Schema;
}

interface Operation {
  readonly operationId: string;
  readonly tags: string[];
  readonly security: Record<string, string[]>[];
  readonly parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  readonly responses: Record<string, { description: string }>;
}

interface OpenApi {
  readonly openapi: string;
  readonly info: Record<string, unknown>;
  readonly tags: { name: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
}

/** Every object that stands where OpenAPI or JSON Schema expects a schema. */
function schemasIn(value: unknown, isSchema = false): Schema[] {
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (['schema', 'items', 'additionalProperties', 'propertyNames'].includes(key))
      return schemasIn(inner, true);
    if (['properties', 'schemas', 'anyOf', 'oneOf', 'allOf'].includes(key)) {
      return Object.values(inner as object).flatMap((one) => schemasIn(one, true));
    }
    return isSchema ? [] : schemasIn(inner);
  });
  return isSchema ? [value as Schema, ...members] : members;
}
