import { expect } from 'chai';
import { createMessageReader } from '../../../src/csg/http1/message-reader.ts';

describe('createMessageReader', () => {
  const twoMessages =
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello' +
    'HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nx-end: 1\r\n\r\n';

  for (const pieceBytes of [1, 2, 3, 7, 50, 1000]) {
    it(`finds the same messages in pieces of ${pieceBytes} bytes`, () => {
      expect(read(twoMessages, pieceBytes)).to.deep.equal([
        'HTTP/1.1 200 OK|hello',
        'HTTP/1.1 403 Forbidden|abcde',
      ]);
    });
  }

  it('takes a message without a body', () => {
    expect(read('GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\n\r\n', 100)).to.deep.equal([
      'GET / HTTP/1.1|',
      'GET /b HTTP/1.1|',
    ]);
  });

  it('throws on what is no HTTP', () => {
    expect(() => read('SSH-2.0-OpenSSH\r\n\r\n', 100)).to.throw('this is no HTTP/1.1');
  });

  function read(text: string, pieceBytes: number): string[] {
    const messages: string[] = [];
    let current = '';
    const push = createMessageReader({
      onHead: (head) => {
        current = `${head.split('\r\n')[0]}|`;
      },
      onData: (piece) => {
        current += piece.toString('latin1');
      },
      onEnd: () => messages.push(current),
    });
    const bytes = Buffer.from(text, 'latin1');
    for (let at = 0; at < bytes.length; at += pieceBytes) push(bytes.subarray(at, at + pieceBytes));
    return messages;
  }
});
