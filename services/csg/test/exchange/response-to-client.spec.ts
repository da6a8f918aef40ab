import { expect } from 'chai';
import { responseToClient } from '../../src/exchange/response-to-client.ts';

const head = (headers: string[], minorVersion: 0 | 1 = 1) => ({
  status: 200,
  reason: 'OK',
  minorVersion,
  headers,
});
const length = { kind: 'length', bytes: 3 } as const;

describe('responseToClient', () => {
  it('hands on what means something end to end, and says which call it was', () => {
    const { text, cloudRequestId, keepsUpstream } = responseToClient(
      head([
        'x-amzn-RequestId',
        'abc',
        'Connection',
        'keep-alive',
        'Keep-Alive',
        'timeout=5',
        'Content-Length',
        '3',
      ]),
      { framing: length, callId: 'call_1', closes: false },
    );
    expect(text).to.equal(
      'HTTP/1.1 200 OK\r\nx-amzn-RequestId: abc\r\nContent-Length: 3\r\nx-cloud-gateway-call-id: call_1\r\n\r\n',
    );
    expect({ cloudRequestId, keepsUpstream }).to.deep.equal({ cloudRequestId: 'abc', keepsUpstream: true });
  });

  it('keeps the close of the cloud from the client', () => {
    const { text, keepsUpstream } = responseToClient(head(['Connection', 'close', 'Content-Length', '3']), {
      framing: length,
      callId: 'call_1',
      closes: false,
    });
    expect(text).not.to.match(/connection/i);
    expect(keepsUpstream).to.equal(false);
  });

  it('gives an answer that ends with its connection an end of its own', () => {
    const { text, keepsUpstream } = responseToClient(head([], 0), {
      framing: { kind: 'until-close' },
      callId: 'call_1',
      closes: true,
    });
    expect(text).to.match(/transfer-encoding: chunked\r\n/);
    expect(text).to.match(/connection: close\r\n/);
    expect(keepsUpstream).to.equal(false);
  });
});
