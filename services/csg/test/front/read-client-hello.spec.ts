import { expect } from 'chai';
import { type ClientHello, clientHelloBytesMax, readClientHello } from '../../src/front/read-client-hello.ts';
import { recordClientHello, splitIntoRecords } from './client-hello.ts';

describe('readClientHello', () => {
  const host = 'dynamodb.us-east-1.amazonaws.com';
  let hello: Buffer;

  before(async () => {
    hello = await recordClientHello({ servername: host });
  });

  it('finds the server name, whatever the version and the ALPN', async () => {
    for (const options of [{}, { maxVersion: 'TLSv1.2' }, { ALPNProtocols: ['h2', 'http/1.1'] }] as const) {
      const bytes = await recordClientHello({ servername: host, ...options });
      expect(readClientHello(bytes)).to.deep.equal({ kind: 'hello', serverName: host });
    }
  });

  it('gives the name in lower case', async () => {
    const bytes = await recordClientHello({ servername: 'S3.US-East-1.amazonaws.com' });
    expect(readClientHello(bytes)).to.deep.equal({ kind: 'hello', serverName: 's3.us-east-1.amazonaws.com' });
  });

  it('says when there is none', async () => {
    expect(readClientHello(await recordClientHello())).to.deep.equal({
      kind: 'hello',
      serverName: undefined,
    });
  });

  it('waits for every byte, and ignores what comes after', () => {
    for (let length = 0; length < hello.length; length += 1) {
      expect(readClientHello(hello.subarray(0, length)), `${length} bytes`).to.equal(undefined);
    }
    const more = Buffer.concat([hello, Buffer.from('more')]);
    expect(readClientHello(more)).to.deep.equal({ kind: 'hello', serverName: host });
  });

  it('puts it together from several records', () => {
    for (const bytes of [hello.length >> 3, hello.length >> 1, hello.length - 6]) {
      const split = splitIntoRecords(hello, bytes);
      expect(readClientHello(split)).to.deep.equal({ kind: 'hello', serverName: host });
      expect(readClientHello(split.subarray(0, -1))).to.equal(undefined);
    }
  });

  it('does not go on for ever with ever smaller records', () => {
    expect(readClientHello(splitIntoRecords(hello, 1))).to.deep.equal(
      malformed('a ClientHello in too many records'),
    );
  });

  it('sees with the first bytes what is not TLS', () => {
    for (const text of ['GET / HTTP/1.1', '\x80\x2e\x01\x03\x01', '\x16\x02']) {
      expect(readClientHello(Buffer.from(text, 'latin1'))).to.deep.equal(malformed('not TLS'));
    }
  });

  it('refuses another message, an empty record and one that is too long', () => {
    expect(readClientHello(edited(5, 2))).to.deep.equal(malformed('not a ClientHello'));
    expect(readClientHello(Buffer.from([0x16, 3, 1, 0, 0]))).to.deep.equal(
      malformed('a record of impossible length'),
    );
    expect(readClientHello(Buffer.from([0x16, 3, 1, 0x40, 1]))).to.deep.equal(
      malformed('a record of impossible length'),
    );
    expect(readClientHello(edited(6, 1))).to.deep.equal(malformed('a ClientHello that is too long'));
  });

  it('refuses names that are none, and two of them', () => {
    const name = Buffer.from(host);
    const nameAt = hello.indexOf(name);
    for (const bad of ['\0', ' ', '/', '\n', 'é'])
      expect(readClientHello(edited(nameAt + 3, bad.charCodeAt(0)))).to.deep.equal(
        malformed('a server name that is no host name'),
      );
    expect(readClientHello(edited(nameAt - 3, 1))).to.deep.equal(
      malformed('a server name of an unknown type'),
    );
    expect(readClientHello(edited(nameAt - 1, host.length - 4))).to.deep.equal(malformed('two server names'));
    expect(readClientHello(edited(nameAt - 1, host.length + 1))).to.deep.equal(
      malformed('a length beyond the end'),
    );
  });

  it('never throws, needs more than it may, or takes long, over 20,000 mutations', () => {
    const random = seededRandom(20_261_122);
    const kinds = new Set<string>();
    for (let round = 0; round < 20_000; round += 1) {
      const bytes = mutate(hello, random);
      const result = readClientHello(bytes);
      if (result === undefined) expect(bytes.length).to.be.lessThan(clientHelloBytesMax);
      if (result?.kind === 'hello' && result.serverName !== undefined)
        expect(result.serverName).to.match(/^[a-z0-9_.-]{1,253}$/);
      kinds.add(result?.kind ?? 'incomplete');
    }
    expect([...kinds].sort()).to.deep.equal(['hello', 'incomplete', 'malformed']);
  });

  it('does not wait for more than the limit', () => {
    const endless = Buffer.alloc(clientHelloBytesMax);
    Buffer.from([0x16, 3, 1, 0x40, 0, 1, 0, 0x40, 0]).copy(endless);
    expect(readClientHello(endless.subarray(0, -1))).to.equal(undefined);
    expect(readClientHello(endless)).to.deep.equal(malformed('a ClientHello that is too long'));
  });

  function edited(offset: number, byte: number): Buffer {
    const copy = Buffer.from(hello);
    copy.writeUInt8(byte & 0xff, offset);
    return copy;
  }

  function malformed(reason: string): ClientHello {
    return { kind: 'malformed', reason };
  }
});

/** Changes, cuts, doubles and inserts bytes. */
function mutate(original: Buffer, random: (below: number) => number): Buffer {
  let bytes = Buffer.from(original);
  for (let count = 1 + random(4); count > 0 && bytes.length > 0; count -= 1) {
    const at = random(bytes.length);
    const upTo = at + random(bytes.length - at + 1);
    switch (random(5)) {
      case 0:
        bytes.writeUInt8(random(256), at);
        break;
      case 1:
        bytes.writeUInt8((bytes.readUInt8(at) ^ (1 << random(8))) & 0xff, at);
        break;
      case 2:
        bytes = bytes.subarray(0, at);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, upTo), bytes.subarray(at)]);
        break;
      default:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.alloc(random(9), random(256)),
          bytes.subarray(at),
        ]);
    }
  }
  return bytes;
}

/** mulberry32: the same sequence in every run. */
function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
