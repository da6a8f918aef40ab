import { expect } from 'chai';
import { z } from 'zod';
import { createComponentSchemas } from '../../src/openapi/component-schemas.ts';

describe('createComponentSchemas', () => {
  const inner = z.object({ at: z.iso.datetime() }).meta({ id: 'Inner' });
  const outer = z.object({ inner, list: z.array(inner), count: z.int() }).meta({ id: 'Outer' });

  it('writes a named schema once and refers to it from the root of the document', () => {
    const schemas = createComponentSchemas();

    const converted = schemas.convert(outer, 'output');

    expect(converted).to.deep.equal({ $ref: '#/components/schemas/Outer' });
    expect(schemas.all).to.deep.equal({
      Outer: {
        type: 'object',
        properties: {
          inner: { $ref: '#/components/schemas/Inner' },
          list: { type: 'array', items: { $ref: '#/components/schemas/Inner' } },
          count: { type: 'integer' },
        },
        required: ['inner', 'list', 'count'],
      },
      Inner: {
        type: 'object',
        properties: { at: { type: 'string', format: 'date-time' } },
        required: ['at'],
      },
    });
  });

  it('writes a schema without a name where it is used', () => {
    const schemas = createComponentSchemas();

    expect(schemas.convert(z.strictObject({ a: z.string().max(3) }), 'input')).to.deep.equal({
      type: 'object',
      properties: { a: { type: 'string', maxLength: 3 } },
      required: ['a'],
      additionalProperties: false,
    });
    expect(schemas.all).to.deep.equal({});
  });

  it('takes the same schema again and refuses another of its name', () => {
    const schemas = createComponentSchemas();
    schemas.convert(outer, 'output');
    const other = z.array(z.object({ other: z.string() }).meta({ id: 'Inner' }));

    expect(() => schemas.convert(outer, 'output')).not.to.throw();
    expect(() => schemas.convert(other, 'output')).to.throw('Two different schemas are named Inner');
  });
});
