import { Socket } from 'node:net';
import { expect } from 'chai';
import { Secret } from '../../src/config/secret.ts';
import { createLogger } from '../../src/logging/create-logger.ts';
import { redact } from '../../src/logging/redact.ts';
import { captureLog } from './captured-log.ts';

const hidden: readonly (readonly [name: string, value: unknown])[] = [
  ['a Secret', { x: new Secret('hunter2') }],
  ['authorization, however it is spelled', { headers: { AUTHORIZATION: 'Bearer hunter2' } }],
  ['proxy-authorization', { 'proxy-authorization': 'hunter2' }],
  ['secretAccessKey', { key: { secretAccessKey: 'hunter2' } }],
  ['sessionToken', { sessionToken: 'hunter2' }],
  ['x-amz-security-token', { 'x-amz-security-token': 'hunter2' }],
  ['password', { password: 'hunter2' }],
  ['privateKey', { privateKey: 'hunter2' }],
  ['a whole object of credentials', { credentials: { id: 'hunter2', list: ['hunter2'] } }],
  ['a cookie', { cookie: 'session=hunter2' }],
  ['an entry of a Map', { map: new Map([['apiKey', 'hunter2']]) }],
  ['something inside an array', { list: [{ password: 'hunter2' }] }],
  ['a raw list of headers', { rawHeaders: ['authorization', 'Bearer hunter2hunter2'] }],
  [
    'the password in the URL that an error quotes',
    { err: new Error('connect amqp://gateway:hunter2@broker/x failed') },
  ],
  ['the same in a cause', { err: new Error('a', { cause: new Error('mysql://gateway:hunter2@db') }) }],
  [
    'the same in an AggregateError',
    { err: new AggregateError([new Error('amqp://gateway:hunter2@broker')]) },
  ],
  ['one of our own tokens', { note: 'got cgw_t_hunter2hunter2hunter2hunter2hunter2' }],
  ['a presigned URL', { url: new URL('https://s3.amazonaws.com/x?X-Amz-Signature=hunter2hunter2hunter2') }],
  ['a key in PEM', { text: '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----' }],
];

describe('redact', () => {
  for (const [name, value] of hidden) {
    it(`hides ${name}`, async () => {
      const { destination, text } = captureLog();

      createLogger({ service: 'test', destination }).info('line', value as Record<string, unknown>);

      expect(await text()).not.to.contain('hunter2');
      expect(await text()).to.contain('[secret]');
    });
  }

  it('hides secrets in the message itself', async () => {
    const { destination, text } = captureLog();

    createLogger({ service: 'test', destination }).info('got Authorization: Bearer hunter2hunter2');

    expect(await text()).not.to.contain('hunter2');
  });

  it('leaves alone what is no secret', () => {
    const fields = {
      tokenId: 'tok_1',
      account: '123456789012',
      path: '/v1/tokens',
      n: 1,
      ok: true,
      none: null,
    };

    expect(redact(fields)).to.deep.equal(fields);
  });

  it('does not take objects of classes apart', () => {
    expect(redact({ socket: new Socket(), bytes: Buffer.from('abc'), at: new Date(0) })).to.deep.equal({
      socket: '[Socket]',
      bytes: '[3 bytes]',
      at: '1970-01-01T00:00:00.000Z',
    });
  });

  it('stops at depth 4', () => {
    const atDepth4 = (value: unknown): unknown => ({ a: { b: { c: { d: value } } } });

    expect(redact(atDepth4({ e: { f: 1 } }))).to.deep.equal(atDepth4({ e: '[object]' }));
  });

  it('shows an object twice that is there twice without a cycle', () => {
    const shared = { n: 1 };

    expect(redact({ a: shared, b: shared })).to.deep.equal({ a: { n: 1 }, b: { n: 1 } });
  });

  it('cuts long texts to 4 KB and long lists to 100 items', () => {
    const cut = redact({ text: 'x'.repeat(100_000), list: Array.from({ length: 1000 }, (_, n) => n) }) as {
      text: string;
      list: unknown[];
    };

    expect(cut.text).to.match(/^x{4096}… \(100000 characters\)$/);
    expect(cut.list).to.have.length(101);
    expect(cut.list.at(-1)).to.equal('… 900 more');
  });
});
