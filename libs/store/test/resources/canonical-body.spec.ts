import { expect } from 'chai';
import { bodyHash, canonicalJson, changedFields } from '../../src/resources/canonical-body.ts';
import { instanceBody } from '../instance-body.ts';

describe('canonicalJson', () => {
  it('levels the order of keys at every depth, and nothing else', () => {
    expect(canonicalJson({ b: 1, a: { d: [2, 1], c: null } })).to.equal('{"a":{"c":null,"d":[2,1]},"b":1}');
  });

  it('keeps numeric keys and unusual names', () => {
    const tags = { tags: { '10': 'x', '9': 'y', __proto__x: 'z', ä: 'ö' } };
    expect(JSON.parse(canonicalJson(tags))).to.deep.equal(tags);
  });

  it('keeps a tag that is named __proto__', () => {
    const tags: unknown = JSON.parse('{"__proto__":"x","a":"y"}');
    expect(canonicalJson(tags)).to.equal('{"__proto__":"x","a":"y"}');
  });
});

describe('bodyHash', () => {
  it('is equal for bodies that differ in the order of keys only', () => {
    const body = instanceBody('i-1', { tags: { a: '1', b: '2' } });
    const reordered = instanceBody('i-1', { tags: { b: '2', a: '1' } });
    expect(bodyHash(body)).to.equal(bodyHash(reordered));
  });

  it('differs when a value becomes null', () => {
    expect(bodyHash(instanceBody('i-1'))).not.to.equal(bodyHash(instanceBody('i-1', { name: null })));
  });
});

describe('changedFields', () => {
  const before = instanceBody('i-1', { tags: { a: '1' } });
  const cases = [
    { title: 'nothing', after: { ...before, tags: { a: '1' } }, fields: [] },
    {
      title: 'state and raw state',
      after: { ...before, state: 'stopped', rawState: 'stopped' },
      fields: ['rawState', 'state'],
    },
    { title: 'a value inside a field', after: { ...before, tags: { a: '2' } }, fields: ['tags'] },
    { title: 'a new field', after: { ...before, extra: 1 }, fields: ['extra'] },
    { title: 'a field that is gone', after: { ...before, imageId: undefined }, fields: ['imageId'] },
  ];
  for (const { title, after, fields } of cases) {
    it(`names ${title}`, () => {
      expect(changedFields(before, after)).to.deep.equal(fields);
    });
  }
});
