// Client hellos as real clients write them.
import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';

/** The bytes with which Node's TLS client begins. */
export function recordClientHello(options: ConnectionOptions = {}): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        resolve(chunk);
        done();
      },
    });
    const client = connect({ socket, ...options });
    client.on('error', () => undefined);
    client.destroySoon();
  });
}

/** The same hello in records of `bytes` bytes each. */
export function splitIntoRecords(hello: Buffer, bytes: number): Buffer {
  const message = hello.subarray(5);
  const records: Buffer[] = [];
  for (let offset = 0; offset < message.length; offset += bytes) {
    const fragment = message.subarray(offset, offset + bytes);
    records.push(Buffer.from([0x16, 3, 1, fragment.length >> 8, fragment.length & 0xff]), fragment);
  }
  return Buffer.concat(records);
}
