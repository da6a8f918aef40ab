import { expect } from 'chai';
import { getItemRequest } from '../../../src/csg/calls/get-item.ts';
import { openTransfer, type TransferKind, transferKinds } from '../../../src/csg/calls/transfer.ts';
import { blockBytes } from '../../../src/csg/calls/transfer-data.ts';
import { createMessageReader } from '../../../src/csg/http1/message-reader.ts';
import {
  type CheckedRequest,
  createRequestChecker,
} from '../../../src/csg/upstream/create-request-checker.ts';

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('createRequestChecker', () => {
  const check = createRequestChecker(key);

  it('takes a GetItem that the key has signed, and only with its own body', async () => {
    const request = parse(getItemRequest('order-1', key, nowMs));

    expect(await check(request)).to.equal(undefined);
    expect(await check({ ...request, body: Buffer.from('{}') })).to.equal('the signature does not match');
  });

  for (const kind of transferKinds) {
    it(`takes a signed ${kind}`, async () => {
      expect(await check(transfer(kind))).to.equal(undefined);
    });
  }

  it('sees another secret, and another key', async () => {
    const other = { ...key, secretAccessKey: 'another' };

    expect(await createRequestChecker(other)(transfer('download'))).to.equal('the signature does not match');
    expect(await createRequestChecker({ ...key, accessKeyId: 'AKIDOTHER' })(transfer('download'))).to.equal(
      'the key is AKIDEXAMPLE',
    );
  });

  it('sees a request that nobody signed', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: dynamodb.us-east-1.amazonaws.com';

    expect(await check({ head, body: Buffer.alloc(0) })).to.equal('there is no signature');
  });

  it('sees a byte that was changed in a body whose hash is declared', async () => {
    expect(await check(changed(transfer('upload-declared')))).to.equal('the body is not the signed one');
  });

  it('sees a byte that was changed in a signed chunk, and a last chunk that is missing', async () => {
    const request = transfer('upload-signed-chunks');

    expect(await check(changed(request))).to.include('the signature of the chunk at 0 does not match');
    expect(await check({ ...request, body: request.body.subarray(0, -86) })).to.equal(
      'the last chunk is missing',
    );
  });
});

function transfer(kind: TransferKind): CheckedRequest {
  const { head, body } = openTransfer({ kind, bytes: 2 * blockBytes, key, nowMs });
  return parse(Buffer.concat([head, ...body]));
}

function changed({ head, body }: CheckedRequest): CheckedRequest {
  const bytes = Buffer.from(body);
  bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
  return { head, body: bytes };
}

function parse(bytes: Buffer): CheckedRequest {
  let head = '';
  const body: Buffer[] = [];
  createMessageReader({
    onHead: (text) => {
      head = text;
    },
    onData: (piece) => body.push(piece),
    onEnd: () => undefined,
  })(bytes);
  return { head, body: Buffer.concat(body) };
}
