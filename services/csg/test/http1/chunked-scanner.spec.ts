import { expect } from 'chai';
import { createChunkedScanner } from '../../src/http1/chunked-scanner.ts';

function scanAll(
  text: string,
  pieceBytes: number,
): { data: string; used: number; done: boolean } | 'refused' {
  const scanner = createChunkedScanner();
  const bytes = Buffer.from(text, 'latin1');
  let data = '';
  let used = 0;
  for (let at = 0; at < bytes.length && !scanner.done; at += pieceBytes) {
    const taken = scanner.scan(bytes.subarray(at, at + pieceBytes), (run) => {
      data += run.toString('latin1');
    });
    if (taken < 0) return 'refused';
    used += taken;
  }
  return { data, used, done: scanner.done };
}

describe('createChunkedScanner', () => {
  const body = '5\r\nhello\r\nA\r\n0123456789\r\n0\r\nx-trailer: a\r\n\r\n';

  it('finds the data and the end, however the bytes arrive', () => {
    for (let pieceBytes = 1; pieceBytes <= body.length + 6; pieceBytes += 1) {
      expect(scanAll(`${body}GET / `, pieceBytes), `pieces of ${pieceBytes}`).to.deep.equal({
        data: 'hello0123456789',
        used: body.length,
        done: true,
      });
    }
  });

  it('is not done before the last empty line', () => {
    expect(scanAll(body.slice(0, -2), 7)).to.include({ done: false });
  });

  const malformed: readonly [string, string][] = [
    ['an extension', '5;a=b\r\nhello\r\n0\r\n\r\n'],
    ['a blank after the size', '5 \r\nhello\r\n0\r\n\r\n'],
    ['a size without digits', '\r\nhello\r\n0\r\n\r\n'],
    ['a prefix', '0x5\r\nhello\r\n0\r\n\r\n'],
    ['a bare line feed after the size', '5\nhello\r\n0\r\n\r\n'],
    ['a bare line feed after the data', '5\r\nhello\n0\r\n\r\n'],
    ['data longer than its size', '4\r\nhello\r\n0\r\n\r\n'],
    ['a size beyond counting', `${'f'.repeat(14)}\r\n`],
    ['a bare line feed in the trailer', '0\r\nx: a\n\r\n'],
    ['a trailer without end', `0\r\n${'x'.repeat(9000)}`],
  ];
  for (const [what, text] of malformed) {
    it(`refuses ${what}`, () => {
      expect(scanAll(text, 1)).to.equal('refused');
      expect(scanAll(text, 64 * 1024)).to.equal('refused');
    });
  }
});
