import { expect } from 'chai';
import {
  type Fields,
  list,
  optional,
  readFields,
  required,
  requiredList,
  structure,
  structures,
  withDefault,
} from '../../src/query/fields.ts';
import { flattenParams, parseParams } from '../../src/query/params.ts';
import { flag, integer, oneOf, shortText, text } from '../../src/query/scalars.ts';

const read = (fields: Fields, form: string) => readFields(fields, parseParams('', form));

describe('readFields', () => {
  const filters = {
    filters: structures('Filter', { name: required('Name', text), values: list('Value', text) }),
  };
  const cases: [string, Fields, string, unknown][] = [
    ['an optional value', { a: optional('A', text) }, 'A=x', { a: 'x' }],
    ['an absent value', { a: optional('A', text) }, 'B=x', { a: undefined }],
    ['an empty value', { a: optional('A', text) }, 'A=', { a: '' }],
    ['a default', { a: withDefault('A', flag, true) }, '', { a: true }],
    [
      'a list in the order of its numbers',
      { a: list('A', text) },
      'A.10=z&A.2=y&A.1=x',
      { a: ['x', 'y', 'z'] },
    ],
    ['an absent list', { a: list('A', text) }, '', { a: [] }],
    ['a list of the query protocol', { a: list('A.member', text) }, 'A.member.1=x', { a: ['x'] }],
    ['an object', { a: structure('A', { b: optional('B', flag) }) }, 'A.B=TRUE', { a: { b: true } }],
    ['an absent object', { a: structure('A', { b: optional('B', flag) }) }, 'B=true', { a: undefined }],
    [
      'a list of objects',
      filters,
      'Filter.1.Name=n&Filter.1.Value.1=a&Filter.1.Value.2=b&Filter.2.Name=m',
      {
        filters: [
          { name: 'n', values: ['a', 'b'] },
          { name: 'm', values: [] },
        ],
      },
    ],
    ['spaces of a form', { a: optional('A', text) }, 'A=x+y%20z%2B', { a: 'x y z+' }],
  ];
  for (const [name, fields, form, expected] of cases) {
    it(`reads ${name}`, () => expect(read(fields, form)).to.deep.equal(expected));
  }

  const refusals: [string, Fields, string, string][] = [
    ['a required value that is absent', { a: required('A', text) }, '', 'MissingParameter'],
    ['a required value that is empty', { a: required('A', text) }, 'A=', 'MissingParameter'],
    ['a required list that is empty', { a: requiredList('A', text) }, 'A=x', 'MissingParameter'],
    [
      'a number that is none',
      { a: optional('A', integer({ min: 0, max: 9 })) },
      'A=1e0',
      'InvalidParameterValue',
    ],
    [
      'a number below the minimum',
      { a: optional('A', integer({ min: 0, max: 9 })) },
      'A=-1',
      'InvalidParameterValue',
    ],
    [
      'a number above the maximum',
      { a: optional('A', integer({ min: 0, max: 9 })) },
      'A=10',
      'InvalidParameterValue',
    ],
    ['a flag that is none', { a: optional('A', flag) }, 'A=yes', 'InvalidParameterValue'],
    ['a word that is not listed', { a: optional('A', oneOf(['x', 'y'])) }, 'A=z', 'InvalidParameterValue'],
    ['text that is too long', { a: optional('A', shortText(2)) }, 'A=xyz', 'InvalidParameterValue'],
    ['a parameter that came twice', { a: optional('A', text) }, 'A=1&A=1', 'InvalidQueryParameter'],
  ];
  for (const [name, fields, form, code] of refusals) {
    it(`refuses ${name}`, () => {
      expect(() => read(fields, form))
        .to.throw()
        .with.property('code', code);
    });
  }

  it('names the whole path of what is missing', () => {
    expect(() => read(filters, 'Filter.3.Value.1=x')).to.throw('Filter.3.Name');
  });
});

describe('parseParams', () => {
  it('reads a plus in a query as a plus, as it was signed', () => {
    expect(flattenParams(parseParams('a=1+2', 'b=1+2'))).to.deep.equal([
      ['a', '1+2'],
      ['b', '1 2'],
    ]);
  });
});

describe('flattenParams', () => {
  it('gives the same for the same parameters in any order', () => {
    const one = flattenParams(parseParams('', 'b.2=y&a=1&b.1=x&b=0'));
    const other = flattenParams(parseParams('a=1', 'b=0&b.1=x&b.2=y'));

    expect(one).to.deep.equal(other);
    expect(one).to.deep.equal([
      ['a', '1'],
      ['b', '0'],
      ['b.1', 'x'],
      ['b.2', 'y'],
    ]);
  });
});
