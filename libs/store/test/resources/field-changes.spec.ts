import { expect } from 'chai';
import { fieldChanges } from '../../src/resources/field-changes.ts';

describe('fieldChanges', () => {
  const cases = [
    {
      title: 'says nothing of equal bodies',
      before: { a: { b: 1, c: 2 } },
      after: { a: { c: 2, b: 1 } },
      changes: [],
    },
    {
      title: 'names a value inside an object',
      before: { tags: { env: 'a', team: 'x' } },
      after: { tags: { env: 'b', team: 'x' } },
      changes: [{ path: '/tags/env', from: 'a', to: 'b' }],
    },
    {
      title: 'leaves out what was not there before or is not there now',
      before: { tags: { old: '1' } },
      after: { tags: { new: '2' } },
      changes: [
        { path: '/tags/new', to: '2' },
        { path: '/tags/old', from: '1' },
      ],
    },
    {
      title: 'takes null for a value',
      before: { name: null },
      after: { name: 'x' },
      changes: [{ path: '/name', from: null, to: 'x' }],
    },
    {
      title: 'takes a list as a whole',
      before: { ids: ['a', 'b'] },
      after: { ids: ['b'] },
      changes: [{ path: '/ids', from: ['a', 'b'], to: ['b'] }],
    },
    {
      title: 'escapes as RFC 6901 says',
      before: { tags: { 'a/b~c': '1' } },
      after: { tags: { 'a/b~c': '2' } },
      changes: [{ path: '/tags/a~1b~0c', from: '1', to: '2' }],
    },
    {
      title: 'names a tag that is named __proto__',
      before: { tags: {} },
      after: { tags: JSON.parse('{"__proto__":"x"}') },
      changes: [{ path: '/tags/__proto__', to: 'x' }],
    },
    {
      title: 'takes an object that becomes something else as a whole',
      before: { a: { b: 1 } },
      after: { a: [1] },
      changes: [{ path: '/a', from: { b: 1 }, to: [1] }],
    },
  ];
  for (const { title, before, after, changes } of cases) {
    it(title, () => {
      expect(fieldChanges(before, after)).to.deep.equal(changes);
    });
  }
});
