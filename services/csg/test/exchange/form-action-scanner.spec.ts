import { expect } from 'chai';
import { createFormActionScanner } from '../../src/exchange/form-action-scanner.ts';

function scan(text: string, pieceBytes: number): readonly string[] {
  const scanner = createFormActionScanner();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) scanner.push(bytes.subarray(at, at + pieceBytes));
  return scanner.end();
}

describe('createFormActionScanner', () => {
  const cases: readonly [string, string, readonly string[]][] = [
    ['the first parameter', 'Action=SendRawEmail&Version=2010-12-01', ['SendRawEmail']],
    ['the last parameter', `RawMessage=${'x'.repeat(3000)}&Action=SendRawEmail`, ['SendRawEmail']],
    ['an encoded name', '%41ctio%6e=ListTopics', ['ListTopics']],
    ['every one of them', 'Action=A&Action=B', ['A', 'B']],
    ['none that only ends like it', 'MyAction=A&Actions=B&action=C', []],
    ['none in a value', 'x=Action%3DA', []],
    ['nothing in nothing', '', []],
  ];
  for (const [what, text, expected] of cases) {
    it(`finds ${what}, however the bytes arrive`, () => {
      for (const pieceBytes of [1, 2, 7, 64, 4096]) expect(scan(text, pieceBytes)).to.deep.equal(expected);
    });
  }
});
